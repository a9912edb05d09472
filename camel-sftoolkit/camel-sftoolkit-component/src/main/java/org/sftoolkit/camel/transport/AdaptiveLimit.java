package org.sftoolkit.camel.transport;

import java.util.function.LongSupplier;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.ServerException;

/**
 * Finds by itself how many requests at a time serve best: starts with {@value #FIRST}, takes one more after each round in
 * which answers came about as fast as ever, one less when they become slow, and half as many when Salesforce says that it is
 * too much (503, 429, its limits on requests at a time).
 *
 * <p>What is fast is measured under half the load now and then, so that it neither creeps up with the load nor stays at
 * what was true hours ago. A round is as many answers as may be under way. Requests that were under way when a limit was met say nothing new
 * about it, so they lower it no further. Thread-safe.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm">Salesforce
 *      Limits: Concurrent API Request Limits</a>
 */
public final class AdaptiveLimit implements Concurrency {

    static final int FIRST = 2;

    /** Salesforce lets 25 long requests of a whole org run at a time; the rest is for its other users. */
    static final int MOST = 20;

    /** Up to this many times the usual latency is no sign of load. */
    private static final double CALM = 1.5;

    /** From here on answers are slow because of the load. */
    private static final double SLOW = 2;

    /** So many rounds the usual latency holds; then it is measured anew, under half the load. */
    private static final int ROUNDS = 40;

    private final LongSupplier nanoTime;
    private int limit = FIRST;
    private int underWay;
    private boolean used;
    private long usualNanos;
    private boolean measuring = true;
    private int rounds;
    private long roundNanos;
    private int answers;
    private long loweredAt = Long.MIN_VALUE;

    /** @param nanoTime a clock such as {@link System#nanoTime()} */
    public AdaptiveLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized int now() {
        return limit;
    }

    @Override
    public int most() {
        return MOST;
    }

    /** A try of a request goes out; gives the time that {@link #end} wants. */
    synchronized long begin() {
        underWay++;
        used |= underWay >= limit;
        return nanoTime.getAsLong();
    }

    /**
     * The try has ended.
     *
     * @param begun   what {@link #begin} gave
     * @param failure why it failed, or null
     */
    synchronized void end(long begun, Throwable failure) {
        underWay--;
        long now = nanoTime.getAsLong();
        if (tooMuch(failure)) {
            if (loweredAt == Long.MIN_VALUE || begun - loweredAt >= 0) {
                limit = Math.max(1, limit / 2);
                loweredAt = now;
            }
            newRound();
        } else if (failure == null) {
            roundNanos += now - begun;
            if (++answers >= limit) {
                judge(roundNanos / answers);
            }
        }
    }

    private void judge(long nanos) {
        usualNanos = measuring ? nanos : Math.min(nanos, usualNanos);
        measuring = false;
        if (++rounds >= ROUNDS) {
            limit = Math.max(1, limit / 2);
            measuring = true;
            rounds = 0;
        } else if (nanos > usualNanos * SLOW) {
            limit = Math.max(1, limit - 1);
        } else if (used && nanos <= usualNanos * CALM) {
            // a limit that was not reached says nothing about the next higher one
            limit = Math.min(MOST, limit + 1);
        }
        newRound();
    }

    private void newRound() {
        roundNanos = 0;
        answers = 0;
        used = underWay >= limit;
    }

    private static boolean tooMuch(Throwable failure) {
        return failure instanceof LimitExceededException limit && limit.retryable()
                || failure instanceof ServerException server && (server.status() == 503 || server.status() == 429);
    }
}
