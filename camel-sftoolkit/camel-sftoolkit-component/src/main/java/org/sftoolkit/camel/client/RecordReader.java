package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireText;

/**
 * Reads records from Salesforce's JSON, token by token and without a tree.
 *
 * <p>An object with {@code attributes} becomes an {@link SObject}, one without a map; a list of child records
 * ({@code {"totalSize":..,"records":[..]}}) stays a map with its {@code records}, so that its next page can be fetched.
 */
public final class RecordReader {

    private RecordReader() {}

    /** The record that begins at the parser's current token; null for JSON's null. */
    public static SObject record(JsonParser json) throws IOException {
        Object value = value(json);
        if (value == null || value instanceof SObject) {
            return (SObject) value;
        }
        if (value instanceof LinkedHashMap<?, ?> fields) {
            var record = new LinkedHashMap<String, Object>();
            fields.forEach((name, field) -> record.put(name.toString(), field));
            return SObject.read(null, record);
        }
        throw new IOException("a record was expected");
    }

    /** Any value that begins at the parser's current token. */
    public static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_STRING -> WireText.revive(json.getText());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> decimal(json.getText());
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            default -> throw new IOException("unexpected " + json.currentToken());
        };
    }

    private static Object object(JsonParser json) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        SObjectAttributes attributes = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("attributes") && json.currentToken() == JsonToken.START_OBJECT) {
                attributes = attributes(json);
            } else {
                fields.put(name, value(json));
            }
        }
        return attributes == null ? fields : SObject.read(attributes.type(), attributes.url(), fields);
    }

    private record SObjectAttributes(String type, String url) {}

    private static SObjectAttributes attributes(JsonParser json) throws IOException {
        String type = null;
        String url = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "type" -> type = json.getValueAsString();
                case "url" -> url = json.getValueAsString();
                default -> json.skipChildren();
            }
        }
        return new SObjectAttributes(type, url);
    }

    private static List<Object> array(JsonParser json) throws IOException {
        var values = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(json));
        }
        return values;
    }

    private static Number integer(JsonParser json) throws IOException {
        Number number = json.getNumberValue();
        return number instanceof BigInteger big ? new BigDecimal(big) : number;
    }

    /** A double where it says just what the text says, else exact. */
    static Number decimal(String text) {
        double near = Double.parseDouble(text);
        // up to 15 significant digits a double gives back the very decimal it was read from
        if (text.length() <= 16 && Double.isFinite(near)) {
            return near;
        }
        var exact = new BigDecimal(text);
        return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0 ? (Number) near : exact;
    }
}
