package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request again if it failed for a temporary reason.
 *
 * <p>Outermost of the filters: a request that waits for its next attempt holds no permit, and each attempt uses the
 * current token. The state of a call is in its chain of futures; the filter itself has no state.
 */
public final class Retry implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final int NO_CONTENT = 204;

    private final RetryPolicy policy;
    private final Delays delays;
    private final Consumer<Request> repeated;
    private final LogContext log;

    /**
     * @param policy which failures are retried, and when
     * @param delays how to wait
     */
    public Retry(RetryPolicy policy, Delays delays) {
        this(policy, delays, request -> {}, LogContext.NONE);
    }

    /**
     * @param policy which failures are retried, and when
     * @param delays how to wait
     * @param repeated called for each request that is sent again
     * @param log what its lines belong to
     */
    public Retry(RetryPolicy policy, Delays delays, Consumer<Request> repeated, LogContext log) {
        this.policy = policy;
        this.delays = delays;
        this.repeated = repeated;
        this.log = log;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        if (request.sink() == null) {
            return attempt(new Try(request, next, null, 1, false));
        }
        var sink = new ObservedSink(request.sink(), headers -> {});
        return attempt(new Try(request.into(sink), next, sink, 1, false));
    }

    /**
     * @param number of this try, from 1
     * @param lost whether an earlier attempt may have been carried out although no response confirmed it
     */
    private record Try(Request request, Transport next, @Nullable ObservedSink sink, int number, boolean lost) {

        Try following(Throwable failure) {
            return new Try(request, next, sink, number + 1, lost || mayBeDone(failure));
        }

        /** A body that can be read once, or a response that was partly delivered, ends the attempts. */
        boolean repeatable() {
            return request.body().repeatable() && (sink == null || !sink.opened() || sink.reopens());
        }
    }

    private Future<Response> attempt(Try now) {
        return now.next()
                .send(now.request())
                .transform(done -> done.failed()
                        ? failed(now, done.cause())
                        : Future.succeededFuture(now.lost() ? done.result().repeated() : done.result()));
    }

    private Future<Response> failed(Try now, Throwable failure) {
        if (failure instanceof LoginFailed login) {
            return Future.failedFuture(login.getCause());
        }
        if (now.lost() && isGone(now.request(), failure)) {
            return Future.succeededFuture(
                    new Response(NO_CONTENT, MultiMap.caseInsensitiveMultiMap(), new byte[0], true));
        }
        Optional<Duration> pause = now.repeatable() ? policy.pause(failure, now.number()) : Optional.<Duration>empty();
        return pause.isEmpty() ? Future.failedFuture(failure) : again(now, failure, pause.get());
    }

    private Future<Response> again(Try failed, Throwable failure, Duration pause) {
        log.write(() -> LOG.debug(
                "{}: attempt {} failed, next attempt in {}: {}",
                failed.request(),
                failed.number(),
                pause,
                failure.getMessage()));
        // no timer can be set after Vert.x was closed
        return Future.succeededFuture()
                .compose(none -> stop(failed.request()).until(delays.after(pause)))
                .recover(closed -> Future.failedFuture(failure))
                .compose(waited -> {
                    repeated.accept(failed.request());
                    return attempt(failed.following(failure));
                });
    }

    private static StopSignal stop(Request request) {
        return request.tally() == null ? new StopSignal() : request.tally().stop();
    }

    // The earlier attempt deleted the record; only then does "not found" mean success.
    private static boolean isGone(Request request, Throwable failure) {
        return failure instanceof NotFoundException gone
                && gone.saidBySalesforce()
                && request.method().equals(HttpMethod.DELETE);
    }

    // Refusals, by limits too, come before anything is done.
    private static boolean mayBeDone(Throwable failure) {
        return failure instanceof TransportException cut && cut.sent()
                || failure instanceof ServerException
                || failure instanceof UnreadableResponseException;
    }
}
