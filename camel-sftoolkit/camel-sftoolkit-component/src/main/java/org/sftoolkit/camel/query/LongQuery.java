package org.sftoolkit.camel.query;

import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.DecodeErrors;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Transport;

/**
 * Sends a query whose URI is too long for Salesforce as the only part of a composite request, which has the URI in
 * its body. It also costs one call. Statements may have up to 100,000 characters.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm">REST
 *     API Developer Guide: Composite</a>
 */
final class LongQuery {

    /** Numbers keep their digits on the way through the tree. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Transport transport;

    LongQuery(Transport transport) {
        this.transport = transport;
    }

    /** The first page; it is read whole, as the composite answer around it has to be. */
    Future<PageEnd> first(String path, Map<String, String> headers, RowSink rows) {
        Body body = new Body.Located(base -> ApiJson.body(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("compositeRequest");
            json.writeStartObject();
            json.writeStringField("method", "GET");
            json.writeStringField("url", base + path);
            json.writeStringField("referenceId", "query");
            if (headers.containsKey("Sforce-Query-Options")) {
                json.writeObjectFieldStart("httpHeaders");
                json.writeStringField("Sforce-Query-Options", headers.get("Sforce-Query-Options"));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }));
        var outer = new LinkedHashMap<>(headers);
        outer.remove("Sforce-Query-Options");
        Request request = Request.of(POST, "/composite", body, Replay.SAFE).withHeaders(outer);
        return transport.send(request).compose(answer -> inner(request, answer)).compose(page -> {
            var sink = new PageSink(request, rows);
            return sink.take(page.status(), page.headers(), page.body()).compose(done -> sink.end(page.status()));
        });
    }

    /** The answer to the query itself; its errors become the exceptions that they would be on their own. */
    private static Future<Response> inner(Request request, Response answer) {
        JsonNode part = ApiJson.read(request, answer, json -> {
            JsonNode first =
                    JSON.<JsonNode>readTree(json).path("compositeResponse").path(0);
            if (!first.has("httpStatusCode")) {
                throw new IOException("a composite answer without its part");
            }
            return first;
        });
        var page = new Response(
                part.path("httpStatusCode").asInt(),
                answer.headers(),
                Buffer.buffer(part.path("body").toString()));
        return new DecodeErrors().apply(request, sent -> Future.succeededFuture(page));
    }
}
