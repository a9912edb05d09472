package org.sftoolkit.camel.transport;

import io.vertx.core.Future;

/** The version of the API that a connection speaks. Thread-safe. */
@FunctionalInterface
public interface ApiVersion {

    /**
     * The number, such as {@code 66.0}.
     *
     * @param org reaches the org, for versions that have to be asked for
     */
    Future<String> number(Transport org);

    /** A version that is known, such as {@code 66.0}. */
    static ApiVersion of(String number) {
        Future<String> known = Future.succeededFuture(number);
        return org -> known;
    }

    /** The newest that the org has: asked once, when the first request needs it. */
    static ApiVersion latest() {
        return new LatestVersion();
    }
}
