package org.sftoolkit.camel.transport;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.ServerException;

/**
 * Finds the best number of concurrent requests. It starts with {@value #FIRST} and adds one after each round of fast
 * responses. It removes one when responses become slow, and halves the number when Salesforce reports overload (503,
 * 429, its limits on concurrent requests).
 *
 * <p>The usual latency is measured again from time to time under half the load, so that it neither rises with the
 * load nor becomes outdated. A round is as many responses as requests may be in flight. Requests that were in flight
 * when a limit was met do not lower it again. Thread-safe.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm">Salesforce
 *     Limits: Concurrent API Request Limits</a>
 */
public final class AdaptiveLimit implements Concurrency {

    static final int FIRST = 2;

    /** Salesforce allows 25 concurrent long requests in an org; the rest is left to its other users. */
    static final int MOST = 20;

    /** Latency up to this multiple of the usual one is not a sign of load. */
    private static final double CALM = 1.5;

    /** From this multiple on, responses are slow because of the load. */
    private static final double SLOW = 2;

    /** Number of rounds after which the usual latency is measured again, under half the load. */
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

    /** A request is sent; returns the time to pass to {@link #end}. */
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
    synchronized void end(long begun, @Nullable Throwable failure) {
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

    private static boolean tooMuch(@Nullable Throwable failure) {
        return failure instanceof LimitExceededException limit && limit.retryable()
                || failure instanceof ServerException server && (server.status() == 503 || server.status() == 429);
    }
}
