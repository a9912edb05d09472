package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/**
 * Tells the {@link AdaptiveLimit} of a request's exchange, where it has one, how each try went: below {@link Retry}, whose
 * pauses are no latency, and above {@link DecodeErrors}, which says why one failed. Stateless.
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
