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
 * Which failures are worth another try, and after which pause.
 *
 * <p>The exceptions' {@code retryable()} says whether a repetition can help and do no harm; exponential pauses with full
 * jitter spread the tries of many callers; Salesforce's {@code Retry-After} is a lower bound, with jitter on top: all who
 * were told the same second would else come back in it.
 *
 * @param maxRetries tries after the first, 0 for none; twice as many where a limit on requests at a time was met
 * @param delay      pause before the second try, before jitter; doubled each time
 * @param maxDelay   longest pause; a longer {@code Retry-After} ends the tries
 * @param random     jitter
 */
public record RetryPolicy(int maxRetries, Duration delay, Duration maxDelay, RandomGenerator random) {

    /** The edge of Salesforce has no route to the org: it is being moved, or does not exist any more. */
    private static final int NO_ROUTE = 420;

    /** The pause before the next try; empty where there should be none. */
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
            // a slot is free when one of the org's long calls ends, which takes more than 20 seconds each
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

    /** The pause after so many tries, at least 1, where Salesforce asks for none of its own. */
    public Duration backOff(int tries) {
        long longest = Math.min(maxDelay.toMillis(), delay.toMillis() << Math.min(20, tries - 1));
        // never below half: a pause of nearly nothing helps nobody
        return Duration.ofMillis(longest / 2 + (long) (random.nextDouble() * longest / 2));
    }

    private Duration jitter(Duration asked) {
        return Duration.ofMillis((long) (random.nextDouble() * Math.max(asked.toMillis() / 4, delay.toMillis())));
    }
}
