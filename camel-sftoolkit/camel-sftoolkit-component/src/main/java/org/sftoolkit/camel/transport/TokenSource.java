package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

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
}
