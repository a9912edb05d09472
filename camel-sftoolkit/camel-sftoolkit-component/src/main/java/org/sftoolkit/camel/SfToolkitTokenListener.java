package org.sftoolkit.camel;

/**
 * Is told of each login of a connection. Set a bean of this type as option {@code tokenListener}, for example to
 * store rotating refresh tokens.
 */
@FunctionalInterface
public interface SfToolkitTokenListener {

    /**
     * Called after each login and before its token is used, one login at a time, on a worker thread: it may block,
     * and calls wait for it before they use the token. Exceptions are logged and have no effect.
     */
    void loggedIn(SfToolkitLogin login) throws Exception;
}
