package org.sftoolkit.camel.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;

/**
 * Decides which failures are retried, and after which pause.
 *
 * <p>The exception's {@code retryable()} says whether a retry can help and does no harm. Exponential pauses with full
 * jitter spread the retries of many callers. {@code Retry-After} is a lower bound with jitter on top, so that callers
 * that were given the same second do not all return in it.
 *
 * @param maxRetries attempts after the first, 0 for no retries; twice as many if a limit on concurrent requests was
 *     met
 * @param delay pause before the first retry, without jitter; doubled each time
 * @param maxDelay longest pause; a longer {@code Retry-After} ends the tries
 * @param random jitter
 */
public record RetryPolicy(int maxRetries, Duration delay, Duration maxDelay, RandomGenerator random) {

    /** Salesforce's edge servers have no route to the org: it is being moved, or no longer exists. */
    private static final int NO_ROUTE = 420;

    /** The pause before the next attempt; empty if there should be no further attempt. */
    public Optional<Duration> pause(Throwable failure, int tries) {
        if (tries > allowed(failure) || !passing(failure)) {
            return Optional.empty();
        }
        Duration asked = retryAfter(failure).orElse(Duration.ZERO);
        if (asked.compareTo(maxDelay) > 0) {
            return Optional.empty();
        }
        Duration own = backOff(tries);
        return Optional.of(asked.compareTo(own) < 0 ? own : asked.plus(jitter(asked)));
    }

    private int allowed(Throwable failure) {
        if (failure instanceof LimitExceededException) {
            // a long call of the org must end first, and each takes more than 20 seconds
            return maxRetries * 2;
        }
        return failure instanceof ServerException server && server.status() == NO_ROUTE
                ? Math.min(2, maxRetries)
                : maxRetries;
    }

    private static boolean passing(Throwable failure) {
        return failure instanceof SfToolkitException known
                && known.retryable()
                && (known instanceof TransportException
                        || known instanceof ServerException
                        || known instanceof LimitExceededException
                        || known instanceof UnreadableResponseException
                        || known instanceof RequestRejectedException);
    }

    private static Optional<Duration> retryAfter(Throwable failure) {
        if (failure instanceof LimitExceededException limit) {
            return limit.retryAfter();
        }
        return failure instanceof ServerException server ? server.retryAfter() : Optional.empty();
    }

    /** Attempts of a step that may be taken again, the first included; at least 1. */
    public int tries() {
        return 1 + maxRetries;
    }

    /** The pause after this number of attempts, at least 1, if Salesforce does not set one. */
    public Duration backOff(int tries) {
        long longest = Math.min(maxDelay.toMillis(), delay.toMillis() << Math.min(20, tries - 1));
        // at least half, because a very short pause does not help
        return Duration.ofMillis(longest / 2 + (long) (random.nextDouble() * longest / 2));
    }

    private Duration jitter(Duration asked) {
        return Duration.ofMillis((long) (random.nextDouble() * Math.max(asked.toMillis() / 4, delay.toMillis())));
    }
}
