package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.util.Map;
import org.sftoolkit.camel.error.SfToolkitException;

/**
 * Makes a span of each attempt of each request that belongs to a traced exchange. It stands above {@link DecodeErrors}, to see typed
 * failures, and below {@link Limit}, so that waits do not count. Paths and query strings may hold data: only the kind of resource is told.
 */
public final class TraceCalls implements Filter {

    private final String connection;

    /** @param connection its name, for people */
    public TraceCalls(String connection) {
        this.connection = connection;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        Trace trace = request.tally() == null ? Trace.NONE : request.tally().trace();
        if (trace == Trace.NONE) {
            return next.send(request);
        }
        String resource = ResourceName.of(request);
        Trace.Span span = trace.begin(
                request.method() + " " + resource,
                Map.of(
                        "http.request.method",
                        request.method().name(),
                        "sftoolkit.resource",
                        resource,
                        "sftoolkit.connection",
                        connection));
        return next.send(request).onComplete(done -> {
            int status = done.succeeded()
                    ? done.result().status()
                    : done.cause() instanceof SfToolkitException refused ? refused.status() : 0;
            span.end(status, done.cause());
        });
    }
}
