package org.sftoolkit.emulator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON with exact numbers; what cannot be read is refused as Salesforce refuses it. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    /** The JSON text of a tree, map, list, text, number, boolean or null, in UTF-8. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
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
            return MAPPER.readValue(body, Object.class);
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
