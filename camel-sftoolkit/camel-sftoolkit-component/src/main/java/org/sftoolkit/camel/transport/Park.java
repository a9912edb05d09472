package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds requests back while the org takes no calls: at its limit of 24 hours, or at {@code apiBudget}. They wait without a thread. One
 * of them asks once a minute; when it passes, all go on. Thread-safe; shared by the routes of a connection that park at the same share
 * of its calls.
 */
public final class Park {

    private static final Logger LOG = LoggerFactory.getLogger(Park.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static final class Waiter {

        private final Request request;
        private final Transport next;
        private final Promise<Response> answer = Promise.promise();
        /** Its time has passed: if it is being sent, it does not come back to wait. Guarded by the park. */
        private boolean late;

        Waiter(Request request, Transport next) {
            this.request = request;
            this.next = next;
        }

        boolean isOver() {
            return answer.future().isComplete();
        }

        void end(AsyncResult<Response> result) {
            if (result.succeeded()) {
                answer.tryComplete(result.result());
            } else {
                answer.tryFail(result.cause());
            }
        }
    }

    private final Delays delays;
    private final LogContext log;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private @Nullable LimitExceededException limit;
    private boolean asking;
    /** Of the newest pause: others have no effect any more. */
    private int round;

    /**
     * @param delays how to wait
     * @param log    what its lines belong to
     */
    public Park(Delays delays, LogContext log) {
        this.delays = delays;
        this.log = log;
    }

    /**
     * Parks the requests of one route.
     *
     * @param stop ends their waits
     * @param most how long each waits at most; null for as long as it takes
     */
    public Filter filter(StopSignal stop, @Nullable Duration most) {
        return (request, next) -> {
            Future<Response> parked = join(request, next, stop, most);
            return parked != null
                    ? parked
                    : next.send(request)
                            .recover(failure -> stands(request, failure)
                                    ? met(request, next, (LimitExceededException) failure, stop, most)
                                    : Future.failedFuture(failure));
        };
    }

    /** Which limit holds requests back, in words; empty if no limit does. */
    public synchronized Optional<String> trouble() {
        return limit == null
                ? Optional.empty()
                : Optional.of(
                        limit.getMessage() + "; " + waiting.size() + " requests wait, and one asks once a minute");
    }

    /** Whether a limit was met that stands for long, by a request that can be sent again: a body may be gone. */
    private static boolean stands(Request request, Throwable failure) {
        return failure instanceof LimitExceededException met
                && !met.retryable()
                && request.body().repeatable();
    }

    /** Waits with the others; null if no limit is known. */
    private @Nullable Future<Response> join(Request request, Transport next, StopSignal stop, @Nullable Duration most) {
        Waiter waiter;
        synchronized (this) {
            if (limit == null) {
                return null;
            }
            waiter = new Waiter(request, next);
            waiting.add(waiter);
        }
        return bounded(waiter, stop, most);
    }

    private Future<Response> met(
            Request request, Transport next, LimitExceededException failure, StopSignal stop, @Nullable Duration most) {
        var waiter = new Waiter(request, next);
        joinUnlessLate(waiter, failure);
        return bounded(waiter, stop, most);
    }

    /** Takes note of the limit, and has the request wait for its end; false if its time has passed. */
    private boolean joinUnlessLate(Waiter waiter, LimitExceededException failure) {
        boolean begins;
        boolean joins;
        synchronized (this) {
            begins = limit == null;
            limit = failure;
            joins = !waiter.late;
            if (joins) {
                waiting.add(waiter);
            }
        }
        if (begins) {
            log.write(() -> LOG.warn(
                    "{}. Requests with onLimit=PARK wait; one of them tries again once a minute",
                    failure.getMessage()));
            askIn(pause(failure));
        }
        return joins;
    }

    private Future<Response> bounded(Waiter waiter, StopSignal stop, @Nullable Duration most) {
        if (most != null) {
            stop.over(delays).after(most).onSuccess(over -> giveUp(waiter));
        }
        // whoever no longer waits is not sent
        return stop.until(waiter.answer.future()).onComplete(ended -> {
            if (ended.failed()) {
                waiter.answer.tryFail(ended.cause());
            }
        });
    }

    private void giveUp(Waiter waiter) {
        LimitExceededException met;
        synchronized (this) {
            waiter.late = true;
            if (!waiting.remove(waiter)) {
                return; // it is being sent
            }
            met = limit;
        }
        waiter.answer.tryFail(met);
    }

    /** The org may take calls again: one request asks now. */
    public void mayBeOver() {
        int now;
        synchronized (this) {
            if (asking) {
                return;
            }
            now = ++round;
        }
        ask(now);
    }

    private static Duration pause(LimitExceededException met) {
        return met.retryAfter().orElse(PAUSE);
    }

    private void askIn(Duration pause) {
        int next;
        synchronized (this) {
            next = ++round;
        }
        delays.after(pause).onSuccess(over -> ask(next)).onFailure(closed -> {
            takeAll().forEach(waiter -> waiter.end(Future.failedFuture(closed)));
        });
    }

    private void ask(int pause) {
        Waiter first = first(pause);
        if (first == null) {
            return;
        }
        first.next.send(first.request).onComplete(answered -> {
            asked();
            Throwable failure = answered.cause();
            if (failure instanceof LimitExceededException met && !met.retryable()) {
                if (!hold(first, met)) {
                    first.end(answered);
                }
                askIn(pause(met));
            } else if (failure != null && !(failure instanceof RequestRejectedException)) {
                // says nothing of the limit
                first.end(answered);
                askIn(PAUSE);
            } else {
                List<Waiter> others = takeAll();
                log.write(
                        () -> LOG.info("The org accepts calls again: {} waiting requests continue", others.size() + 1));
                first.end(answered);
                others.forEach(this::send);
            }
        });
    }

    private synchronized void asked() {
        asking = false;
    }

    private synchronized boolean hold(Waiter waiter, LimitExceededException met) {
        limit = met;
        boolean again = waiter.request.body().repeatable() && !waiter.isOver() && !waiter.late;
        if (again) {
            waiting.addFirst(waiter);
        }
        return again;
    }

    /** The one that asks. If nobody waits any more, the next request of a route does. */
    private synchronized @Nullable Waiter first(int pause) {
        if (pause != round || limit == null) {
            return null;
        }
        waiting.removeIf(Waiter::isOver);
        Waiter first = waiting.poll();
        limit = first == null ? null : limit;
        asking = first != null;
        return first;
    }

    private synchronized List<Waiter> takeAll() {
        limit = null;
        var all = new ArrayList<>(waiting);
        waiting.clear();
        return all;
    }

    private void send(Waiter waiter) {
        if (waiter.isOver()) {
            return;
        }
        waiter.next.send(waiter.request).onComplete(answered -> {
            if (!stands(waiter.request, answered.cause())
                    || !joinUnlessLate(waiter, (LimitExceededException) answered.cause())) {
                waiter.end(answered);
            }
        });
    }
}
