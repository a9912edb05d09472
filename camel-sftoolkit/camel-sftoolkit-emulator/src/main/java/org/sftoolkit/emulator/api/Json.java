package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON with exact numbers; what cannot be read is refused as Salesforce refuses it. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Loaded when it is needed, which is late: its classes are many. */
    private static final class Mapper {

        private static final ObjectMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .build();
    }

    private Json() {}

    /** The JSON text of a tree, map, list, text, number, boolean or null, in UTF-8. */
    public static byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What {@link #write} takes, as a tree. */
    public static JsonNode tree(Object value) {
        return Mapper.JSON.valueToTree(value);
    }

    private static void write(JsonGenerator out, Object value) throws IOException {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Number number) {
            write(out, number);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list && !(value instanceof JsonNode)) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element);
            }
            out.writeEndArray();
        } else {
            Mapper.JSON.writeValue(out, value);
        }
    }

    private static void write(JsonGenerator out, Number number) throws IOException {
        if (number instanceof Integer value) {
            out.writeNumber(value);
        } else if (number instanceof Long value) {
            out.writeNumber(value);
        } else if (number instanceof BigDecimal value) {
            out.writeNumber(value);
        } else if (number instanceof BigInteger value) {
            out.writeNumber(value);
        } else {
            Mapper.JSON.writeValue(out, number);
        }
    }

    /**
     * A JSON object as a map in the order of its keys; numbers are Integer, Long, BigInteger or BigDecimal.
     *
     * @throws ApiException {@code JSON_PARSER_ERROR}, as Salesforce words it, if it is not JSON
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(byte[] body) {
        Object value = read(body);
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        String token =
                value instanceof List ? "START_ARRAY" : "VALUE_" + (value instanceof String ? "STRING" : "OTHER");
        throw parserError("Cannot deserialize instance of an object out of " + token + " token at [line:1, column:1]");
    }

    /** Any JSON value: Map, List, String, Number, Boolean or null. */
    public static Object read(byte[] body) {
        if (body.length == 0) {
            throw parserError("The HTTP entity body is required, but this request has no entity body.");
        }
        try {
            return Mapper.JSON.readValue(body, Object.class);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw parserError(e.getOriginalMessage()
                    + (at == null ? "" : " at [line:" + at.getLineNr() + ", column:" + at.getColumnNr() + "]"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiException parserError(String message) {
        return new ApiException(400, "JSON_PARSER_ERROR", message);
    }
}
