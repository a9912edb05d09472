package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.SessionExpiredException;

/** Provides the access token. Thread-safe; one login serves all concurrent callers. */
public interface TokenSource {

    /**
     * The current token; logs in if there is no token.
     *
     * @param since start of the exchange, by {@link System#nanoTime}; a login that failed after it also failed for
     *     this exchange
     */
    Future<Token> token(long since);

    /**
     * A token that replaces a refused one. Logs in only if the refused token is still the current one.
     *
     * @param refused the token with which the request went out
     * @param since as for {@link #token}
     */
    Future<Token> renew(Token refused, long since);

    /**
     * A token for a request that was redirected, because the org may have moved. Logs in once for all redirected
     * requests. If the new token has the same host, the redirect is a failure.
     *
     * @param met the token with which the request went out
     * @param since as for {@link #token}
     */
    default Future<Token> moved(Token met, long since) {
        return renew(met, since);
    }

    /** Called for every response with an accepted token. */
    default void accepted(Token token) {}

    /** Called if Salesforce refused a token that may be new, so that useless logins come to an end. */
    default void refused(Token token, SessionExpiredException refusal) {}
}
