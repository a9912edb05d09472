package org.sftoolkit.camel.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Writes a record, its {@code attributes} first if its type is known. */
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
     * Writes one value: the table of {@link WireValue}; collections and arrays of plain values as a multi-picklist
     * ({@code A;B}), those of maps as an array.
     *
     * @throws IllegalArgumentException for what is not written
     */
    public static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
        writeChecked(json, WireValue.of(value));
    }

    /** Writes a value that {@link WireValue} or {@link SentFields} gave, without another look at its text. */
    public static void writeChecked(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
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
        } else {
            json.writeString(WireText.of(value));
        }
    }

    private static void writeNumber(JsonGenerator json, Number number) throws IOException {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.intValue());
        } else if (number instanceof Long) {
            json.writeNumber(number.longValue());
        } else if (number instanceof BigDecimal exact) {
            json.writeNumber(PlainNumber.of(exact));
        } else {
            json.writeNumber(number.toString());
        }
    }

    private static void writeMany(JsonGenerator json, Collection<?> many) throws IOException {
        List<Object> values = new ArrayList<>(many.size());
        many.forEach(one -> values.add(WireValue.of(one)));
        if (values.stream().noneMatch(one -> one instanceof Map || one instanceof Collection)) {
            String choices = WireValue.multiPicklist(values);
            json.writeString(choices == null ? "" : choices);
            return;
        }
        json.writeStartArray();
        for (Object one : values) {
            writeChecked(json, one);
        }
        json.writeEndArray();
    }
}
