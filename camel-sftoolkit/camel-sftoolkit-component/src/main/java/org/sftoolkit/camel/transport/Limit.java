package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * At most so many requests of the connection at a time; the others wait in their order, holding no thread.
 *
 * <p>A permit is held until the answer's body has arrived whole, or has begun to where its reader sets the pace: a file that is
 * copied, or rows that are saved while they are read, would else wait for themselves. Thread-safe.
 */
public final class Limit implements Filter {

    private final int permits;
    private final Queue<Promise<Void>> waiting = new ArrayDeque<>();
    private int taken;
    private int freed;
    private boolean handingOn;

    /** @param permits requests at a time, at least 1 */
    public Limit(int permits) {
        this.permits = permits;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (request.sink() == null || !request.sink().paced()) {
            return acquire().compose(permit -> next.send(request)).onComplete(answer -> release());
        }
        var sink = new PermittedSink(request.sink(), this::release);
        return acquire().compose(permit -> next.send(request.into(sink))).onComplete(answer -> sink.release());
    }

    /** Requests that are on their way. */
    public synchronized int inFlight() {
        return taken;
    }

    /** Requests that wait for their turn. */
    public synchronized int queued() {
        return waiting.size();
    }

    private synchronized Future<Void> acquire() {
        if (taken < permits) {
            taken++;
            return Future.succeededFuture();
        }
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return turn.future();
    }

    // A loop, not a recursion: requests that fail at once would otherwise each start the next one deeper in the stack.
    private void release() {
        synchronized (this) {
            freed++;
            if (handingOn) {
                return;
            }
            handingOn = true;
        }
        for (Promise<Void> turn = nextTurn(); turn != null; turn = nextTurn()) {
            turn.complete(); // outside of the lock: it runs the next request's send
        }
    }

    private synchronized Promise<Void> nextTurn() {
        while (freed > 0) {
            freed--;
            Promise<Void> turn = waiting.poll();
            if (turn != null) {
                return turn;
            }
            taken--;
        }
        handingOn = false;
        return null;
    }
}
