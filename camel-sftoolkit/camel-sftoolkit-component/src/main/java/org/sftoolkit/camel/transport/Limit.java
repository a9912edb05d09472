package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.TransportException;

/**
 * Limits the concurrent requests of a connection; others wait in order, without a thread.
 *
 * <p>A permit is held until the whole response has arrived. If a reader sets the pace, it is held only until the
 * response starts; otherwise rows that are saved while they are read could wait for themselves. A wait fails if no
 * permit is returned for a long time. Thread-safe.
 */
public final class Limit implements Filter {

    private final int permits;
    private final Duration patience;
    private final Delays delays;
    private final LongSupplier nanoTime;
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int taken;
    private int freed;
    private boolean handingOn;
    private long lastFreed;
    private boolean watched;

    private record Turn(Request request, Promise<Void> promise, long since) {}

    /**
     * @param permits requests at a time, at least 1
     * @param patience how long requests wait if no request in flight ends
     * @param delays how to wait
     * @param nanoTime a clock such as {@link System#nanoTime()}
     */
    public Limit(int permits, Duration patience, Delays delays, LongSupplier nanoTime) {
        this.permits = permits;
        this.patience = patience;
        this.delays = delays;
        this.nanoTime = nanoTime;
        this.lastFreed = nanoTime.getAsLong();
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        Future<Void> turn = acquire(request);
        return turn.succeeded() ? pass(request, next) : turn.compose(permit -> pass(request, next));
    }

    private Future<Response> pass(Request request, Transport next) {
        var held = new AtomicBoolean(true);
        Runnable release = () -> {
            if (held.compareAndSet(true, false)) {
                release();
            }
        };
        Sink sink = request.sink();
        Request sent =
                sink != null && sink.paced() ? request.into(new ObservedSink(sink, headers -> release.run())) : request;
        return sent(sent, next).onComplete(answer -> release.run());
    }

    private static Future<Response> sent(Request request, Transport next) {
        try {
            return next.send(request);
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    /** Requests in flight. */
    public synchronized int inFlight() {
        return taken;
    }

    /** Requests that wait for a permit. */
    public synchronized int queued() {
        return waiting.size();
    }

    private Future<Void> acquire(Request request) {
        Promise<Void> turn;
        boolean watch;
        synchronized (this) {
            if (taken < permits) {
                taken++;
                return Future.succeededFuture();
            }
            turn = Promise.promise();
            waiting.add(new Turn(request, turn, nanoTime.getAsLong()));
            watch = !watched;
            watched = true;
        }
        if (watch) {
            watch(patience);
        }
        return turn.future();
    }

    // One wait for all: as long as permits come back, the queue moves.
    private void watch(Duration time) {
        delays.after(time).onSuccess(over -> endWaits());
    }

    private void endWaits() {
        List<Turn> ended = new ArrayList<>();
        Duration left = null;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            while (!waiting.isEmpty() && left(waiting.peek(), now) <= 0) {
                ended.add(waiting.poll());
            }
            watched = !waiting.isEmpty();
            left = watched ? Duration.ofNanos(left(waiting.peek(), now)) : null;
        }
        if (left != null) {
            watch(left);
        }
        ended.forEach(turn -> turn.promise()
                .fail(new TransportException(
                        "no free permit: maxConcurrentRequests=" + permits
                                + " requests are in progress, and no request has ended for " + patience.toMillis()
                                + " ms",
                        turn.request().line(),
                        false,
                        turn.request().repeatable(),
                        null)));
    }

    private long left(Turn turn, long now) {
        return patience.toNanos() - (now - Math.max(turn.since(), lastFreed));
    }

    // A loop, not a recursion: requests that fail at once would otherwise each start the next one deeper in the stack.
    private void release() {
        synchronized (this) {
            freed++;
            lastFreed = nanoTime.getAsLong();
            if (handingOn) {
                return;
            }
            handingOn = true;
        }
        for (Turn turn = nextTurn(); turn != null; turn = nextTurn()) {
            turn.promise().complete(); // outside of the lock: it runs the next request's send
        }
    }

    private synchronized @Nullable Turn nextTurn() {
        while (freed > 0) {
            freed--;
            Turn turn = waiting.poll();
            if (turn != null) {
                return turn;
            }
            taken--;
        }
        handingOn = false;
        return null;
    }
}
