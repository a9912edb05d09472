package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.transport.RetryPolicy;

/** The waits of a channel's stream: for a sign of life, for free places, for a further try. All of it on the subscription's loop. */
final class StreamTimers {

    private static final Runnable IDLE = () -> {};
    private static final Duration LIMIT_PAUSE = Duration.ofMinutes(1);

    private final SubscriptionTime time;
    private final Executor loop;
    private final RetryPolicy pauses;
    private long lastHeard;
    private int tries;
    private Runnable watch = IDLE;
    private Runnable credit = IDLE;
    private Runnable retry = IDLE;

    StreamTimers(SubscriptionTime time, Executor loop, RetryPolicy pauses) {
        this.time = time;
        this.loop = loop;
        this.pauses = pauses;
    }

    /** Something was heard now. */
    void heard() {
        lastHeard = time.nanos();
    }

    /** Nanoseconds since something was heard. */
    long silence() {
        return time.nanos() - lastHeard;
    }

    /** Looks each time when so much silence has passed, counted from what was heard last. */
    void watch(Duration each, Runnable look) {
        watch.run();
        long left = Math.max(1, each.toNanos() - silence() % each.toNanos());
        watch = in(Duration.ofNanos(left).plusMillis(1), look);
    }

    /** Once after this time, unless it waits already or {@link #creditGiven} comes first. */
    void waitForCredit(Duration most, Runnable end) {
        if (credit == IDLE) {
            credit = in(most, () -> {
                credit = IDLE;
                end.run();
            });
        }
    }

    void creditGiven() {
        credit.run();
        credit = IDLE;
    }

    /** An answer came: the next pause is short again. */
    void answered() {
        tries = 0;
    }

    /**
     * Tries again after a pause, which grows until an answer comes.
     *
     * @param failure of the try before; null if nothing failed
     * @return tries since the last answer, this one included
     */
    int retry(@Nullable Throwable failure, Runnable step) {
        retry.run();
        Duration wait = pauses.backOff(++tries);
        if (failure instanceof EventBusException refusal && refusal.kind() == EventBusException.Kind.LIMIT) {
            wait = wait.plus(LIMIT_PAUSE);
        }
        retry = in(wait, step);
        return tries;
    }

    void noRetry() {
        retry.run();
        retry = IDLE;
    }

    /** Ends all waits. */
    void disarm() {
        watch.run();
        watch = IDLE;
        creditGiven();
        noRetry();
    }

    private Runnable in(Duration wait, Runnable step) {
        return time.in(wait, () -> loop.execute(step));
    }
}
