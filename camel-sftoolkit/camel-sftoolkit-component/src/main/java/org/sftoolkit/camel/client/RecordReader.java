package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireText;

/**
 * Reads records from Salesforce's JSON, token by token and without a tree.
 *
 * <p>An object with {@code attributes} becomes an {@link SObject}, one without a map, the result of a subquery the list of its
 * records.
 */
public final class RecordReader {

    private RecordReader() {}

    /** The record that begins at the parser's current token; null for JSON's null. */
    public static @Nullable SObject record(JsonParser json) throws IOException {
        return record(value(json));
    }

    /** A value as a record. */
    public static @Nullable SObject record(@Nullable Object value) throws IOException {
        if (value == null || value instanceof SObject) {
            return (SObject) value;
        }
        if (value instanceof LinkedHashMap<?, ?> fields) {
            if (fields.isEmpty()) {
                throw new IOException("the record is empty");
            }
            var record = new LinkedHashMap<String, Object>();
            fields.forEach((name, field) -> record.put(name.toString(), field));
            return SObject.read(null, record);
        }
        throw new IOException("a record was expected");
    }

    /** Throws if the record has an Id and it is another one than was asked for, in 15 or 18 characters. */
    public static void requireId(String asked, SObject record) throws IOException {
        String id = record.id();
        if (id == null && record.containsKey("Id")) {
            throw new IOException("the record has no Id");
        }
        if (id != null
                && !id.equals(asked)
                && RecordId.isId(asked)
                && !RecordId.of18(asked).equalsIgnoreCase(RecordId.of18(id))) {
            throw new IOException("the answer is another record than the requested one");
        }
    }

    /** Any value that begins at the parser's current token. */
    public static @Nullable Object value(JsonParser json) throws IOException {
        return value(json, true);
    }

    /**
     * Any value that begins at the parser's current token.
     *
     * @param subqueries whether results of queries within it become lists; maps as they came else
     */
    public static @Nullable Object value(JsonParser json, boolean subqueries) throws IOException {
        return new ValueReader(subqueries).read(json);
    }

    /** The value of a token that is neither object nor array. */
    static @Nullable Object scalar(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_STRING -> WireText.revive(json.getText());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> decimal(json);
            default -> throw new IOException("unexpected " + json.currentToken());
        };
    }

    private static Number integer(JsonParser json) throws IOException {
        Number number = json.getNumberValue();
        return number instanceof BigInteger big ? new BigDecimal(big) : number;
    }

    /** A double if it is exactly the value of the text, else a {@code BigDecimal}. */
    private static Number decimal(JsonParser json) throws IOException {
        double near = json.getDoubleValue();
        // a double represents up to 15 significant digits exactly as they were read
        if (json.getTextLength() <= 16 && Double.isFinite(near)) {
            return near;
        }
        String text = json.getText();
        BigDecimal exact;
        try {
            exact = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IOException("a number has an exponent that is too large", e);
        }
        return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0 ? (Number) near : exact;
    }
}
