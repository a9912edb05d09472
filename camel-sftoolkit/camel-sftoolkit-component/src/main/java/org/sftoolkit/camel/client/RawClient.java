package org.sftoolkit.camel.client;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Sink;
import org.sftoolkit.camel.transport.Transport;

/** Any resource of the instance. */
public final class RawClient {

    private final Transport transport;

    public RawClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * Sends a request whose answer, if it is a success with a body, goes into the sink.
     *
     * @param path as {@link RawPath} gives it
     */
    public Future<Response> send(HttpMethod method, String path, Body body, Map<String, String> headers, Sink sink) {
        return transport.send(Request.of(method, path, body, replay(method, path))
                .withHeaders(headers)
                .into(sink));
    }

    // What Apex code does when it is asked twice is not known, whatever the method.
    private static Replay replay(HttpMethod method, String path) {
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return Replay.SAFE;
        }
        String resource = path.toLowerCase(java.util.Locale.ROOT);
        boolean apex = resource.startsWith("/services/apexrest");
        // a bulk job takes one upload: a second one breaks it
        boolean upload = method.equals(HttpMethod.PUT) && resource.contains("/jobs/ingest/");
        return method.equals(HttpMethod.POST) || apex || upload ? Replay.NEVER : Replay.IDEMPOTENT;
    }
}
