package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.camel.error.TransportException;

/**
 * Ends all waits of a route when the route stops. Each producer and consumer has one. Every wait of their calls
 * listens to it: pauses before a retry, waits for jobs, reading of further tasks. Requests in flight continue,
 * because their outcome would be unknown. Thread-safe.
 */
public final class StopSignal {

    private final Set<Promise<?>> waits = ConcurrentHashMap.newKeySet();
    private final Set<Future<?>> work = ConcurrentHashMap.newKeySet();
    private volatile boolean given;

    /** Whether the route stops. */
    public boolean given() {
        return given;
    }

    /** The failure of a wait that is ended. */
    public static TransportException failure() {
        return new TransportException("the route was stopped while a request waited", null, false, true, null);
    }

    /** Completes like the answer, or fails at once when the signal is given; the answer is then ignored. */
    public <T> Future<T> until(Future<T> answer) {
        if (answer.isComplete()) {
            return answer;
        }
        Promise<T> first = Promise.promise();
        waits.add(first);
        answer.onComplete(done -> {
            waits.remove(first);
            if (done.succeeded()) {
                first.tryComplete(done.result());
            } else {
                first.tryFail(done.cause());
            }
        });
        if (given) {
            end(first); // the signal may have been given before the wait was registered
        }
        return first.future();
    }

    /** Delays that end with the signal. */
    public Delays over(Delays delays) {
        return time -> given ? Future.failedFuture(failure()) : until(delays.after(time));
    }

    /** Work that cleans up after the signal, for example aborts a job; a stop waits for its end. */
    public <T> Future<T> awaited(Future<T> some) {
        if (!some.isComplete()) {
            work.add(some);
            some.onComplete(done -> work.remove(some));
        }
        return some;
    }

    /**
     * Gives this signal when the other one is given.
     *
     * @return undoes this
     */
    public Runnable follow(StopSignal other) {
        Promise<Void> unfollowed = Promise.promise();
        other.until(unfollowed.future()).onFailure(stopped -> give());
        return unfollowed::tryComplete;
    }

    /** Gives the signal. Completes when all work that a stop waits for has ended. */
    public Future<Void> give() {
        given = true;
        waits.forEach(this::end);
        return Future.join(List.copyOf(work)).<Void>mapEmpty().otherwiseEmpty();
    }

    private void end(Promise<?> wait) {
        waits.remove(wait);
        wait.tryFail(failure());
    }
}
