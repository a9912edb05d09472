package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.SessionExpiredException;

/**
 * Sends each request to the org's instance with the present token; where Salesforce refuses the token, once more with a new
 * one. Stateless.
 */
public final class Authenticate implements Filter {

    private final TokenSource tokens;

    /** @param tokens where tokens come from */
    public Authenticate(TokenSource tokens) {
        this.tokens = tokens;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return tokens.token().compose(token -> next.send(signed(request, token)).recover(failure -> {
            // Salesforce refuses a token before it looks at the request: even an insert may go out again
            if (failure instanceof SessionExpiredException && request.body().repeatable()) {
                return tokens.renew(token).compose(fresh -> next.send(signed(request, fresh)));
            }
            return Future.failedFuture(failure);
        }));
    }

    private static Request signed(Request request, Token token) {
        return request.to(token.instanceUrl() + request.path())
                .withHeader("Authorization", "Bearer " + token.accessToken());
    }
}
