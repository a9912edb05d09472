package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;

/**
 * Sends each request to the org's instance with the present token; where Salesforce refuses the token, again with a new one.
 * Stateless.
 *
 * <p>A renewed token may die, too, before its turn comes: it is replayed more than once, and the token source says when logins
 * do not help.
 */
public final class Authenticate implements Filter {

    /** Only a slow request that meets several deaths needs so many; logins that do not help end sooner. */
    private static final int MAX_REPLAYS = 10;

    private static final int SERVER_FAILURE = 500;

    private final TokenSource tokens;

    /** @param tokens where tokens come from */
    public Authenticate(TokenSource tokens) {
        this.tokens = tokens;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return tokens.token().compose(token -> send(request, next, token, 0));
    }

    private Future<Response> send(Request request, Transport next, Token token, int replays) {
        return next.send(signed(request, token))
                .onSuccess(answer -> accepted(token, replays))
                .recover(failure -> {
                    if (!(failure instanceof SessionExpiredException refusal)) {
                        if (failure instanceof SfToolkitException known && isAnswer(known)) {
                            accepted(token, replays);
                        }
                        return Future.failedFuture(failure);
                    }
                    if (replays > 0) {
                        tokens.replayed(token, refusal);
                    }
                    // Salesforce refuses a token before it looks at the request: even an insert may go out again
                    return replays < MAX_REPLAYS && request.body().repeatable()
                            ? tokens.renew(token).compose(fresh -> send(request, next, fresh, replays + 1))
                            : Future.failedFuture(failure);
                });
    }

    private void accepted(Token token, int replays) {
        if (replays > 0) {
            tokens.replayed(token, null);
        }
    }

    private static boolean isAnswer(SfToolkitException failure) {
        return failure.status() > 0 && failure.status() < SERVER_FAILURE;
    }

    private static Request signed(Request request, Token token) {
        return request.to(token.instanceUrl() + request.path())
                .withHeader("Authorization", "Bearer " + token.accessToken());
    }
}
