package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.SessionExpiredException;

/** Where the access token comes from. Thread-safe; one login serves any number of callers at a time. */
public interface TokenSource {

    /**
     * The present token; logs in if there is none.
     *
     * @param since when the exchange that asks began, by {@link System#nanoTime}: if a login failed after that, it failed for
     *              this exchange, too
     */
    Future<Token> token(long since);

    /**
     * A token that replaces one that Salesforce refused. Logs in only if that token is still the present one.
     *
     * @param refused the token with which the request went out
     * @param since   as for {@link #token}
     */
    Future<Token> renew(Token refused, long since);

    /**
     * A token for a request that met a redirect: the host of its token may be the org's no more. Logs in once for all who met
     * it; if the new token is for the same host, the redirect stands.
     *
     * @param met   the token with which the request went out
     * @param since as for {@link #token}
     */
    default Future<Token> moved(Token met, long since) {
        return renew(met, since);
    }

    /** Hears that Salesforce accepted a token; called for every answer. */
    default void accepted(Token token) {}

    /**
     * Hears that Salesforce refused a token which may be a new one, so that logins which succeed and do not help come to an
     * end.
     */
    default void refused(Token token, SessionExpiredException refusal) {}
}
