package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Waits by Vert.x timers and leaves no timer behind when it is closed. Thread-safe. */
public final class VertxDelays implements Delays, AutoCloseable {

    private final Vertx vertx;
    private final Map<Promise<Void>, Long> pending = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param vertx whose timers it uses */
    public VertxDelays(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Future<Void> after(Duration time) {
        Promise<Void> promise = Promise.promise();
        long timer = vertx.setTimer(Math.max(1, time.toMillis()), id -> {
            pending.remove(promise);
            promise.tryComplete();
        });
        pending.put(promise, timer);
        // the timer may have fired, or close() may have passed, before the promise was in the map
        if (promise.future().isComplete()) {
            pending.remove(promise);
        } else if (closed) {
            cancel(promise, timer);
        }
        return promise.future();
    }

    /** Waits that are under way, a timer each. */
    int pending() {
        return pending.size();
    }

    /** Ends every wait at once, with a failure. */
    @Override
    public void close() {
        closed = true;
        pending.forEach(this::cancel);
    }

    private void cancel(Promise<Void> promise, long timer) {
        vertx.cancelTimer(timer);
        pending.remove(promise);
        promise.tryFail(new IllegalStateException("the connection to Salesforce was closed while a request waited"));
    }
}
