package org.sftoolkit.camel;

/**
 * Hears of each login of a connection. A bean of this type goes into the option {@code tokenListener}, to keep rotating refresh
 * tokens, say.
 */
@FunctionalInterface
public interface SfToolkitTokenListener {

    /**
     * Called after each login and before its token is used, one login at a time, on a worker thread: it may block, and the
     * calls that wait for the token wait for it. What it throws is logged and stops nothing.
     */
    void loggedIn(SfToolkitLogin login) throws Exception;
}
