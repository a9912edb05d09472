package org.sftoolkit.benchmarks.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Keeps so many exchanges of a template under way: the end of one begins the next, as in the raw client. */
final class InFlight {

    private final ProducerTemplate template;
    private final String uri;
    private final int count;
    private final IntFunction<Object> body;
    private final Consumer<Exchange> check;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private InFlight(
            ProducerTemplate template, String uri, int count, IntFunction<Object> body, Consumer<Exchange> check) {
        this.template = template;
        this.uri = uri;
        this.count = count;
        this.body = body;
        this.check = check;
    }

    static long send(
            ProducerTemplate template,
            String uri,
            int count,
            int inFlight,
            IntFunction<Object> body,
            Consumer<Exchange> check)
            throws InterruptedException, ExecutionException {
        var run = new InFlight(template, uri, count, body, check);
        CompletableFuture.allOf(Stream.generate(run::lane).limit(inFlight).toArray(CompletableFuture[]::new))
                .get();
        if (run.failure.get() != null) {
            throw new IllegalStateException(run.failure.get());
        }
        return count;
    }

    private CompletableFuture<Void> lane() {
        var ended = new CompletableFuture<Void>();
        goOn(ended);
        return ended;
    }

    private void goOn(CompletableFuture<Void> ended) {
        for (int i = begun.getAndIncrement(); i < count && failure.get() == null; i = begun.getAndIncrement()) {
            Object given = body.apply(i);
            CompletableFuture<Exchange> sent = template.asyncSend(
                            uri, in -> in.getMessage().setBody(given))
                    .whenComplete(this::examine);
            if (!sent.isDone()) {
                sent.whenComplete((exchange, thrown) -> goOn(ended));
                return;
            }
        }
        ended.complete(null);
    }

    private void examine(Exchange exchange, Throwable thrown) {
        try {
            if (thrown != null || exchange.getException() != null) {
                failure.set(thrown != null ? thrown : exchange.getException());
            } else {
                check.accept(exchange);
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }
}
