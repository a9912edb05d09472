package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;

/**
 * Sends each request to the org's instance with the current token. If Salesforce refuses the token, sends it again
 * with a new one. Stateless.
 *
 * <p>A new token may also expire before it is used, so a request may be repeated more than once. The token source
 * decides when further logins do not help.
 */
public final class Authenticate implements Filter {

    /** Only a slow request whose token expires several times needs so many; logins that do not help end sooner. */
    private static final int MAX_REPLAYS = 10;

    private static final int SERVER_FAILURE = 500;

    private final TokenSource tokens;

    /** @param tokens where tokens come from */
    public Authenticate(TokenSource tokens) {
        this.tokens = tokens;
    }

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return new Attempts(request, next).begin();
    }

    /** The tries of one request. */
    private final class Attempts {

        private final Request request;
        private final Transport next;
        private final long since;
        private int replays;
        private boolean moved;

        Attempts(Request request, Transport next) {
            this.request = request;
            this.next = next;
            this.since = request.tally() == null
                    ? System.nanoTime()
                    : request.tally().begun();
        }

        Future<Response> begin() {
            return withToken(tokens.token(since));
        }

        // a login may pause between its attempts; it continues for other callers if this route stops
        private Future<Response> withToken(Future<Token> login) {
            if (login.succeeded()) {
                return send(login.result());
            }
            Future<Token> waited =
                    request.tally() == null ? login : request.tally().stop().until(login);
            return waited.recover(failure -> Future.failedFuture(new LoginFailed(failure)))
                    .compose(this::send);
        }

        private Future<Response> send(Token token) {
            return next.send(telling(signed(request, token), token)).transform(done -> {
                if (done.succeeded()) {
                    tokens.accepted(token);
                    return Future.succeededFuture(done.result());
                }
                return failed(token, done.cause());
            });
        }

        private Future<Response> failed(Token token, Throwable failure) {
            if (failure instanceof SessionExpiredException refusal) {
                return refused(token, refusal);
            }
            if (failure instanceof RedirectedException redirect) {
                return redirected(token, redirect);
            }
            if (failure instanceof SfToolkitException known && isAnswer(known)) {
                tokens.accepted(token);
            }
            return Future.failedFuture(failure);
        }

        // the start of a stream proves that the token is valid: its reader may close it before its end
        private Request telling(Request signed, Token token) {
            return signed.sink() == null
                    ? signed
                    : signed.into(new ObservedSink(signed.sink(), begun -> tokens.accepted(token)));
        }

        // nothing was carried out; if the login returns another host, the org has moved there
        private Future<Response> redirected(Token token, RedirectedException redirect) {
            if (moved) {
                return Future.failedFuture(redirect);
            }
            moved = true;
            return tokens.moved(token, since)
                    .recover(failure -> Future.failedFuture(new LoginFailed(failure)))
                    .compose(fresh -> fresh.instanceUrl().equals(token.instanceUrl())
                                    || !request.body().repeatable()
                            ? Future.failedFuture(redirect)
                            : send(fresh));
        }

        // Salesforce checks the token before it handles the request, so even an insert can be sent again
        private Future<Response> refused(Token token, SessionExpiredException refusal) {
            boolean again = request.body().repeatable() && replays < MAX_REPLAYS;
            if (replays > 0 || !again) {
                tokens.refused(token, refusal);
            }
            if (replays == MAX_REPLAYS) {
                return Future.failedFuture(refusal);
            }
            replays++;
            // a body that was read cannot be sent again, but the next call must find a valid token
            Future<Token> fresh = tokens.renew(token, since);
            return again ? withToken(fresh) : Future.failedFuture(refusal);
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
