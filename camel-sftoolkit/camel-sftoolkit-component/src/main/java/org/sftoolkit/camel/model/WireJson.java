package org.sftoolkit.camel.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * Writes values as Salesforce's JSON wants them.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_valid_date_formats.htm">REST
 *      API Developer Guide: Valid Date and DateTime Formats</a>
 */
public final class WireJson {

    private WireJson() {}

    /** Writes an object with these members, in the map's order. */
    public static void writeMap(JsonGenerator json, Map<?, ?> values) throws IOException {
        json.writeStartObject();
        writeMembers(json, values);
        json.writeEndObject();
    }

    private static void writeMembers(JsonGenerator json, Map<?, ?> values) throws IOException {
        for (var entry : values.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            writeValue(json, entry.getValue());
        }
    }

    /** Writes a record, its {@code attributes} first where it knows its type. */
    public static void writeRecord(JsonGenerator json, SObject record) throws IOException {
        json.writeStartObject();
        if (record.type() != null) {
            json.writeObjectFieldStart("attributes");
            json.writeStringField("type", record.type());
            json.writeEndObject();
        }
        writeMembers(json, record);
        json.writeEndObject();
    }

    /**
     * Writes one value: null, text, numbers, booleans, {@code java.time}, {@code Date}, enums, bytes (base64), maps;
     * collections and arrays of plain values as a multi-picklist ({@code A;B}), those of maps as an array.
     *
     * @throws IllegalArgumentException for a date and time without a zone, which names no instant
     */
    public static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof CharSequence text) {
            json.writeString(text.toString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            writeNumber(json, number);
        } else if (value instanceof SObject record) {
            writeRecord(json, record);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(json, map);
        } else if (value instanceof Collection<?> many) {
            writeMany(json, many);
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof Object[] many) {
            writeMany(json, java.util.Arrays.asList(many));
        } else {
            json.writeString(WireText.of(value));
        }
    }

    private static void writeNumber(JsonGenerator json, Number number) throws IOException {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.intValue());
        } else if (number instanceof Long) {
            json.writeNumber(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            writeDouble(json, number);
        } else if (number instanceof java.math.BigDecimal exact) {
            json.writeNumber(PlainNumber.of(exact));
        } else {
            json.writeNumber(number.toString());
        }
    }

    private static void writeDouble(JsonGenerator json, Number number) throws IOException {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("Salesforce knows no number " + number);
        }
        json.writeNumber(number.toString());
    }

    private static void writeMany(JsonGenerator json, Collection<?> many) throws IOException {
        if (many.stream().noneMatch(Map.class::isInstance)) {
            json.writeString(WireText.multiPicklist(many));
            return;
        }
        json.writeStartArray();
        for (Object one : many) {
            writeValue(json, one);
        }
        json.writeEndArray();
    }
}
