package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/**
 * Reports each attempt to the {@link AdaptiveLimit} of the exchange, if it has one. It stands below {@link Retry},
 * whose pauses are not latency, and above {@link DecodeErrors}, which gives the failure. Stateless.
 */
public final class ObserveLoad implements Filter {

    @Override
    public Future<Response> apply(Request request, Transport next) {
        AdaptiveLimit limit = request.tally() == null ? null : request.tally().limit();
        if (limit == null) {
            return next.send(request);
        }
        long begun = limit.begin();
        return next.send(request).onComplete(done -> limit.end(begun, done.cause()));
    }
}
