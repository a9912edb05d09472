package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down calls while the org accepts no calls, because of its 24-hour limit or {@code apiBudget}. It checks at
 * most once a minute, whatever the delay between polls, and logs this once. Thread-safe.
 */
public final class LimitPace {

    private static final Logger LOG = LoggerFactory.getLogger(LimitPace.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final LogContext log;
    private @Nullable LimitExceededException limit;
    private long next;
    private long since;
    private boolean overdue;
    private final boolean parks;
    private final Duration most;

    /**
     * A pace that waits as long as it takes.
     *
     * @param nanos elapsed time
     * @param log   what log lines belong to
     */
    public LimitPace(LongSupplier nanos, LogContext log) {
        this(nanos, log, true, Duration.ZERO);
    }

    /**
     * @param nanos elapsed time
     * @param log   what log lines belong to
     * @param parks false if a limit is a failure
     * @param most  how long it is not yet a failure; zero for as long as it takes
     */
    public LimitPace(LongSupplier nanos, LogContext log, boolean parks, Duration most) {
        this.parks = parks;
        this.most = most;
        this.nanos = nanos;
        this.log = log;
    }

    /** Whether no call is to be made now. */
    synchronized boolean isWaiting() {
        return limit != null && nanos.getAsLong() - next < 0;
    }

    /** What becomes of a poll that has nothing more to do: it fails if the wait has lasted for longer than it may. */
    synchronized Future<Boolean> endOfPoll() {
        return limit != null && overdue && isWaiting() ? Future.failedFuture(limit) : Future.succeededFuture(false);
    }

    /** The org may take calls again: the next poll asks. */
    public synchronized void mayBeOver() {
        next = nanos.getAsLong();
    }

    /** How long no call is to be made; empty if no limit was met. */
    public synchronized Optional<Duration> pause() {
        return limit == null ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, next - nanos.getAsLong())));
    }

    /** Learns that calls pass again. */
    <T> Future<T> watch(Future<T> call) {
        return call.onSuccess(answer -> passed());
    }

    private void passed() {
        boolean over;
        synchronized (this) {
            over = limit != null;
            limit = null;
        }
        if (over) {
            log.write(() -> LOG.info("The org accepts calls again: the consumer continues at its position"));
        }
    }

    /** Whether a call failed at such a limit; if so, a pause starts now. */
    public boolean met(Throwable failure) {
        LimitExceededException met = limit(failure);
        if (!parks || met == null) {
            return false;
        }
        boolean begins;
        boolean over;
        synchronized (this) {
            begins = limit == null;
            since = begins ? nanos.getAsLong() : since;
            over = !most.isZero() && nanos.getAsLong() - since >= most.toNanos();
            overdue = over;
            limit = met;
            next = nanos.getAsLong() + met.retryAfter().orElse(PAUSE).toNanos();
        }
        if (begins) {
            log.write(() -> LOG.warn(
                    "{}. The consumer waits, checks once a minute, and then continues at its position",
                    met.getMessage()));
        }
        return !over;
    }

    /** The limit that lasts, if that is why something failed, such as the wait for a job; else null. */
    private static @Nullable LimitExceededException limit(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitExceededException met && !met.retryable()) {
                return met;
            }
        }
        return null;
    }

    /** The limit in words; empty if no limit was met. */
    public synchronized Optional<String> trouble() {
        return limit == null
                ? Optional.empty()
                : Optional.of(limit.getMessage() + "; next check in "
                        + Math.max(0, TimeUnit.NANOSECONDS.toSeconds(next - nanos.getAsLong())) + " s");
    }
}
