package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The waits of a channel's stream: for a sign of life, for free places, for a further try. All of it on the subscription's loop. */
final class StreamTimers {

    private static final Runnable IDLE = () -> {};

    private final SubscriptionTime time;
    private final Executor loop;
    private long lastHeard;
    private Runnable watch = IDLE;
    private Runnable credit = IDLE;
    private Runnable retry = IDLE;

    StreamTimers(SubscriptionTime time, Executor loop) {
        this.time = time;
        this.loop = loop;
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

    void retry(Duration wait, Runnable step) {
        retry.run();
        retry = in(wait, step);
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
