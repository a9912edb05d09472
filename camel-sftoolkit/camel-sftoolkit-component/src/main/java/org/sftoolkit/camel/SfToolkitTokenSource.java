package org.sftoolkit.camel;

import org.sftoolkit.camel.transport.Token;

/**
 * Provides access tokens from elsewhere: a vault, a token service, a custom login. Set a bean of this type as option
 * {@code tokenSource}.
 */
@FunctionalInterface
public interface SfToolkitTokenSource {

    /**
     * A token and the instance it is for. Called when the first request needs one, and again after Salesforce refused
     * the last one, by one thread at a time, on a worker thread: it may block, for at most {@code requestTimeout}.
     *
     * @throws Exception if there is no token; its text is not passed on, because it may contain secrets
     */
    Token token() throws Exception;
}
