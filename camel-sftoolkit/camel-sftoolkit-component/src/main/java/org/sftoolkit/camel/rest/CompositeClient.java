package org.sftoolkit.camel.rest;

import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.core.JsonParser;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * Several requests in one.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/using_composite_resources.htm">REST
 *      API Developer Guide: Using Composite Resources</a>
 */
public final class CompositeClient {

    private final Transport transport;

    public CompositeClient(Transport transport) {
        this.transport = transport;
    }

    /** Requests that may refer to each other; {@code compositeRequest} holds them. */
    public Future<CompositeResults> composite(Map<String, Object> body, Map<String, String> headers) {
        return send(
                "/composite",
                CompositeJson.composite(body),
                answer -> CompositeAnswers.composite(answer, body),
                replay(body),
                headers);
    }

    /** Independent requests; {@code batchRequests} holds them. */
    public Future<CompositeResults> batch(Map<String, Object> body, Map<String, String> headers) {
        return send(
                "/composite/batch",
                CompositeJson.batch(body),
                answer -> CompositeAnswers.batch(answer, body),
                replay(body),
                headers);
    }

    /** Groups of requests, each all or none; {@code graphs} holds them. */
    public Future<CompositeResults> graph(Map<String, Object> body, Map<String, String> headers) {
        return send(
                "/composite/graph",
                CompositeJson.graph(body),
                answer -> CompositeAnswers.graph(answer, body),
                replay(body),
                headers);
    }

    /** New records of one type with their children, all or none; {@code records} holds them. */
    public Future<CompositeResults> tree(String type, Map<String, Object> body, Map<String, String> headers) {
        String path = "/composite/tree/" + Paths.segment(type);
        return send(
                path,
                CompositeJson.tree(type, body),
                answer -> CompositeAnswers.tree(answer, CompositeJson.treeSize(body)),
                Replay.NEVER,
                headers);
    }

    // one POST among them writes a second time when it is repeated
    private static Replay replay(Map<String, Object> body) {
        return CompositeJson.onlyReads(body)
                ? Replay.SAFE
                : CompositeJson.methods(body).noneMatch("POST"::equals) ? Replay.IDEMPOTENT : Replay.NEVER;
    }

    private Future<CompositeResults> send(
            String path,
            Function<String, Body> body,
            Function<Map<?, ?>, CompositeResults> reader,
            Replay replay,
            Map<String, String> headers) {
        Request request = Request.of(POST, path, new Body.Located(body), replay).withHeaders(headers);
        return transport.send(request).map(answer -> ApiJson.read(request, answer, json -> reader.apply(object(json))));
    }

    private static Map<?, ?> object(JsonParser json) throws IOException {
        if (RecordReader.value(json, false) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("expected an object");
    }
}
