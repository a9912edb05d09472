package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a login that failed for a temporary reason, with at most {@code 1 + maxRetries} attempts. Each attempt has
 * a new assertion and the newest refresh token. Waiting requests add no attempts of their own.
 */
public final class RetriedLogin implements LoginFlow {

    private static final Logger LOG = LoggerFactory.getLogger(RetriedLogin.class);

    /** A limit on logins lasts longer than one on requests: its pauses are those of so many tries more. */
    private static final int LIMIT_LASTS = 3;

    private final LoginFlow flow;
    private final RetryPolicy policy;
    private final Delays delays;
    private final Runnable repeated;
    private final LogContext log;

    /**
     * @param flow logs in once
     * @param policy which failures are retried, and when
     * @param delays how to wait
     * @param repeated called for each retry
     * @param log what its lines belong to
     */
    public RetriedLogin(LoginFlow flow, RetryPolicy policy, Delays delays, Runnable repeated, LogContext log) {
        this.flow = flow;
        this.policy = policy;
        this.delays = delays;
        this.repeated = repeated;
        this.log = log;
    }

    @Override
    public Future<Grant> login() {
        return attempt(1);
    }

    @Override
    public boolean renews() {
        return flow.renews();
    }

    private Future<Grant> attempt(int number) {
        return flow.login().recover(failure -> {
            Optional<Duration> pause = pause(failure, number);
            if (pause.isEmpty()) {
                return Future.failedFuture(failure);
            }
            log.write(() -> LOG.debug(
                    "Login attempt {} failed, next attempt in {}: {}", number, pause.get(), failure.getMessage()));
            // no timer can be set once Vert.x has been closed
            return Future.succeededFuture()
                    .compose(none -> delays.after(pause.get()))
                    .recover(closed -> Future.failedFuture(failure))
                    .compose(waited -> {
                        repeated.run();
                        return attempt(number + 1);
                    });
        });
    }

    private Optional<Duration> pause(Throwable failure, int number) {
        if (number > policy.maxRetries()) {
            return Optional.empty();
        }
        Optional<Duration> pause = policy.pause(failure, number);
        return pause.isPresent()
                        && failure instanceof LimitExceededException limit
                        && limit.retryAfter().isEmpty()
                ? Optional.of(policy.backOff(number + LIMIT_LASTS))
                : pause;
    }
}
