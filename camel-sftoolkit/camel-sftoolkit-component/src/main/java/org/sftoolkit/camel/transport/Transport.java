package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/** Sends a request. Thread-safe; never blocks; every failure is in the future and is never thrown. */
@FunctionalInterface
public interface Transport {

    /** Sends the request; completes when its answer, with the body, has arrived. */
    Future<Response> send(Request request);

    /** This transport with a filter before it. */
    default Transport behind(Filter filter) {
        return request -> {
            try {
                return filter.apply(request, this);
            } catch (Throwable e) {
                return Future.failedFuture(e);
            }
        };
    }
}
