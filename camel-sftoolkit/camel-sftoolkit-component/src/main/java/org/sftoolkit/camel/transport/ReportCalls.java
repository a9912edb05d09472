package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/**
 * Reports every attempt of every request to a listener. It stands above {@link DecodeErrors}, to report typed
 * failures, and below {@link Limit}, so that waits do not count as latency. Stateless.
 */
public final class ReportCalls implements Filter {

    private final CallListener listener;

    /** @param listener who is told */
    public ReportCalls(CallListener listener) {
        this.listener = listener;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        String resource = ResourceName.of(request);
        long start = System.nanoTime();
        return next.send(request)
                .onComplete(done -> listener.answered(resource, done.cause(), System.nanoTime() - start));
    }
}
