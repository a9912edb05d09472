package org.sftoolkit.camel;

import org.sftoolkit.camel.transport.Token;

/**
 * Gives access tokens that something else obtains: a vault, a token service, an own login. A bean of this type goes into the
 * option {@code tokenSource}.
 */
@FunctionalInterface
public interface SfToolkitTokenSource {

    /**
     * A token and the instance it is for. Called when the first request needs one, and again after Salesforce refused the last
     * one, by one thread at a time, on a worker thread: it may block, for at most {@code requestTimeout}.
     *
     * @throws Exception where there is none to be had; its text is not passed on, since it may hold secrets
     */
    Token token() throws Exception;
}
