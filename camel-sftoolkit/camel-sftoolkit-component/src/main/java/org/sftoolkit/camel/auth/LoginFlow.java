package org.sftoolkit.camel.auth;

import io.vertx.core.Future;

/** One way to get an access token. Thread-safe, never blocks; called by one caller at a time. */
@FunctionalInterface
public interface LoginFlow {

    /**
     * Logs in; fails with {@code AuthenticationException} if Salesforce refuses it, or {@code TransportException}
     * without a response.
     */
    Future<Grant> login();

    /** Whether another login may give another token or another instance. */
    default boolean renews() {
        return true;
    }
}
