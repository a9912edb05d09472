package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request again that failed for a passing reason.
 *
 * <p>Outermost of the filters: a request that waits for its next try holds no permit, and each try takes the token that is
 * current then. The state of a call lives in its chain of futures; the filter itself has none.
 */
public final class Retry implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    private final RetryPolicy policy;
    private final Delays delays;

    /**
     * @param policy what is tried again and when
     * @param delays how to wait
     */
    public Retry(RetryPolicy policy, Delays delays) {
        this.policy = policy;
        this.delays = delays;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return attempt(request, next, 1);
    }

    private Future<Response> attempt(Request request, Transport next, int tries) {
        return next.send(request).recover(failure -> {
            Optional<Duration> pause =
                    request.body().repeatable() ? policy.pause(failure, tries) : Optional.<Duration>empty();
            if (pause.isEmpty()) {
                return Future.failedFuture(failure);
            }
            LOG.debug("{}: try {} failed, next in {}: {}", request, tries, pause.get(), failure.getMessage());
            return delays.after(pause.get())
                    .recover(closed -> Future.failedFuture(failure))
                    .compose(waited -> attempt(request, next, tries + 1));
        });
    }
}
