package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import org.sftoolkit.camel.error.SessionExpiredException;

/** Where the access token comes from. Thread-safe; one login serves any number of callers at a time. */
public interface TokenSource {

    /** The present token; logs in where there is none. */
    Future<Token> token();

    /**
     * A token that replaces one that Salesforce refused. Logs in only if that token is still the present one.
     *
     * @param refused the token with which the request went out
     */
    Future<Token> renew(Token refused);

    /**
     * Hears how a request fared that went out again with a renewed token, so that logins which succeed and do not help
     * come to an end.
     *
     * @param fresh   the renewed token
     * @param refusal null where Salesforce accepted it
     */
    default void replayed(Token fresh, SessionExpiredException refusal) {}
}
