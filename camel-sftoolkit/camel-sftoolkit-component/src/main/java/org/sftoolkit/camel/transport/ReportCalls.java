package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/**
 * Tells a listener of every try of every request: outside of {@link DecodeErrors}, so that it hears of typed failures, and
 * inside of {@link Limit}, so that no wait counts as latency. Stateless.
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
