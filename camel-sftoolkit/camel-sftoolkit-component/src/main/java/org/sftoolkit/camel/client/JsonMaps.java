package org.sftoolkit.camel.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;

/** Responses without records, as plain maps and lists; numbers keep their digits. */
public final class JsonMaps {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonMaps() {}

    /**
     * A JSON object.
     *
     * @param member a member that it must have, so that other responses are recognised
     */
    @SuppressWarnings("unchecked") // Jackson gives maps with text keys
    public static Map<String, Object> object(Request request, Response answer, String member) {
        return ApiJson.read(request, answer, json -> {
            Map<String, Object> object = JSON.readValue(json, Map.class);
            require(object, member);
            return object;
        });
    }

    /** A JSON array of objects, at least one, each with this member. */
    @SuppressWarnings("unchecked") // Jackson gives maps with text keys
    public static List<Map<String, Object>> objects(Request request, Response answer, String member) {
        return ApiJson.read(request, answer, json -> {
            List<Map<String, Object>> objects = JSON.readValue(json, List.class);
            if (objects.isEmpty()) {
                throw new IOException("the list is empty");
            }
            for (Map<String, Object> object : objects) {
                require(object, member);
            }
            return objects;
        });
    }

    private static void require(Map<String, Object> object, String member) throws IOException {
        if (object == null || !object.containsKey(member)) {
            throw new IOException("the answer has no " + member);
        }
    }
}
