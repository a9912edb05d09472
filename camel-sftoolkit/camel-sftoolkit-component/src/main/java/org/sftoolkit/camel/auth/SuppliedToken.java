package org.sftoolkit.camel.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.transport.Token;

/** Tokens that code of the user's gets; it may block and runs on a worker thread. */
public final class SuppliedToken implements LoginFlow {

    private final Callable<Token> source;
    private final Vertx vertx;
    private final Duration limit;

    /**
     * @param source gives a token, new each time
     * @param vertx  whose workers call it
     * @param limit  longest wait for it
     */
    public SuppliedToken(Callable<Token> source, Vertx vertx, Duration limit) {
        this.source = source;
        this.vertx = vertx;
        this.limit = limit;
    }

    @Override
    public Future<Grant> login() {
        return vertx.executeBlocking(source, false)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure ->
                        // only its type: the text of foreign code may hold anything
                        Future.failedFuture(new AuthenticationException(
                                "the tokenSource failed with "
                                        + failure.getClass().getName(),
                                (Throwable) null)))
                .compose(token -> token == null
                        ? Future.failedFuture(
                                new AuthenticationException("the tokenSource returned no token", (Throwable) null))
                        : Future.succeededFuture(Grant.of(token)));
    }
}
