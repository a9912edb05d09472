package org.sftoolkit.benchmarks.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Keeps so many exchanges of a template under way. */
final class InFlight {

    private InFlight() {}

    static long send(
            ProducerTemplate template,
            String uri,
            int count,
            int inFlight,
            IntFunction<Object> body,
            Consumer<Exchange> check)
            throws Exception {
        var permits = new Semaphore(inFlight);
        var failure = new AtomicReference<Throwable>();
        for (int i = 0; i < count && failure.get() == null; i++) {
            permits.acquire();
            Object given = body.apply(i);
            CompletableFuture<Exchange> sent =
                    template.asyncSend(uri, exchange -> exchange.getMessage().setBody(given));
            sent.whenComplete((exchange, thrown) -> {
                try {
                    if (thrown != null || exchange.getException() != null) {
                        failure.set(thrown != null ? thrown : exchange.getException());
                    } else {
                        check.accept(exchange);
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                } finally {
                    permits.release();
                }
            });
        }
        permits.acquire(inFlight);
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return count;
    }
}
