package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/** The API version of a connection. Thread-safe. */
@FunctionalInterface
public interface ApiVersion {

    /**
     * The number, such as {@code 66.0}.
     *
     * @param org used to ask the org, if the version is not known
     */
    Future<String> number(Transport org);

    /** A version that is known, such as {@code 66.0}. */
    static ApiVersion of(String number) {
        Future<String> known = Future.succeededFuture(number);
        return org -> known;
    }

    /** The newest version of the org; requested once, when the first request needs it. */
    static ApiVersion latest() {
        return new LatestVersion();
    }
}
