package org.sftoolkit.camel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Transport;

/**
 * What objects and fields the org has.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm">REST
 *      API Developer Guide: sObject Describe</a>
 */
public final class MetadataClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_MODIFIED = 304;

    private final Transport transport;
    private final DescribeCache cache;

    MetadataClient(Transport transport, DescribeCache cache) {
        this.transport = transport;
        this.cache = cache;
    }

    /** The object's description, cached per connection. */
    public Future<ObjectDescription> describe(String type) {
        return cache.get(type, () -> {
            Request request = Request.get("/sobjects/" + Paths.segment(type) + "/describe");
            return transport
                    .send(request)
                    .map(answer -> ApiJson.read(request, answer, json -> description(JSON.readTree(json))));
        });
    }

    /**
     * The full description of an object, or of all objects if it is null. It is requested each time, but transferred
     * only if it changed.
     */
    public Future<Map<String, Object>> everything(@Nullable String type) {
        String path = type == null ? "/sobjects" : "/sobjects/" + Paths.segment(type) + "/describe";
        ConditionalGetCache.Kept kept = cache.answers().get(path);
        Request request =
                kept == null ? Request.get(path) : Request.get(path).withHeader("If-Modified-Since", kept.date());
        return transport.send(request).map(answer -> {
            String member = type == null ? "sobjects" : "fields";
            if (answer.status() == NOT_MODIFIED && kept != null) {
                return JsonMaps.object(
                        request, new Response(200, MultiMap.caseInsensitiveMultiMap(), kept.body(), false), member);
            }
            Map<String, Object> description = JsonMaps.object(request, answer, member);
            String date =
                    answer.header("Last-Modified") == null ? answer.header("Date") : answer.header("Last-Modified");
            if (date != null) {
                cache.answers().put(path, new ConditionalGetCache.Kept(date, answer.body()));
            }
            return description;
        });
    }

    private static ObjectDescription description(JsonNode json) throws IOException {
        if (!json.path("fields").isArray()) {
            throw new IOException("the description has no fields");
        }
        var fields = new ArrayList<FieldDescription>();
        for (JsonNode field : json.path("fields")) {
            fields.add(FieldDescription.of(field));
        }
        var children = new HashSet<String>();
        json.path("childRelationships").forEach(child -> {
            if (child.path("relationshipName").isTextual()) {
                children.add(child.path("relationshipName").textValue());
            }
        });
        return new ObjectDescription(
                json.path("name").asText(), json.path("keyPrefix").textValue(), fields, children);
    }
}
