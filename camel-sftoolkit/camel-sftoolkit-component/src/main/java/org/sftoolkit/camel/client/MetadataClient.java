package org.sftoolkit.camel.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * What objects and fields the org has.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm">REST
 *      API Developer Guide: sObject Describe</a>
 */
public final class MetadataClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Transport transport;
    private final DescribeCache cache;

    MetadataClient(Transport transport, DescribeCache cache) {
        this.transport = transport;
        this.cache = cache;
    }

    /** The object's description, asked for once a connection. */
    public Future<ObjectDescription> describe(String type) {
        return cache.get(type, () -> {
            Request request = Request.get("/sobjects/" + Paths.segment(type) + "/describe");
            return transport
                    .send(request)
                    .map(answer -> ApiJson.read(request, answer, json -> description(JSON.readTree(json))));
        });
    }

    private static ObjectDescription description(JsonNode json) throws IOException {
        if (!json.path("fields").isArray()) {
            throw new IOException("a description without fields");
        }
        var fields = new ArrayList<FieldDescription>();
        for (JsonNode field : json.path("fields")) {
            fields.add(new FieldDescription(
                    field.path("name").asText(),
                    field.path("type").asText(),
                    field.path("createable").asBoolean(),
                    field.path("updateable").asBoolean(),
                    field.path("externalId").asBoolean()));
        }
        return new ObjectDescription(json.path("name").asText(), fields);
    }
}
