package org.sftoolkit.camel.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** Answers that are no records, as plain maps and lists; numbers keep their digits. */
final class JsonMaps {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonMaps() {}

    /** A JSON object. */
    @SuppressWarnings("unchecked") // Jackson gives maps with text keys
    static Map<String, Object> object(Request request, Response answer) {
        return ApiJson.read(request, answer, json -> JSON.readValue(json, Map.class));
    }

    /** A JSON array of objects. */
    @SuppressWarnings("unchecked") // Jackson gives maps with text keys
    static List<Map<String, Object>> objects(Request request, Response answer) {
        return ApiJson.read(request, answer, json -> JSON.readValue(json, List.class));
    }

    /** As {@link #object}, of an answer that was kept. */
    static Map<String, Object> object(Request request, byte[] body) {
        return object(request, new Response(200, null, body, false));
    }
}
