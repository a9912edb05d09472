package org.sftoolkit.camel.transport;

import org.jspecify.annotations.Nullable;

/**
 * Is told of the calls of a connection while they are made. Implementations are thread-safe, quick, and never throw.
 */
public interface CallListener {

    /** Does nothing. */
    CallListener NONE = new CallListener() {};

    /**
     * A try of a request ended.
     *
     * @param resource as {@link ResourceName} names it
     * @param failure  why it failed; null for a success
     * @param nanos    how long it took, from the send to the end of the answer
     */
    default void answered(String resource, @Nullable Throwable failure, long nanos) {}

    /** A request is going to be sent again. */
    default void repeated(String resource) {}

    /** A login ended; the failure is null for a success. */
    default void loggedIn(@Nullable Throwable failure) {}

    /** Tells the other listener after this one. */
    default CallListener and(CallListener other) {
        CallListener first = this;
        return new CallListener() {
            @Override
            public void answered(String resource, @Nullable Throwable failure, long nanos) {
                first.answered(resource, failure, nanos);
                other.answered(resource, failure, nanos);
            }

            @Override
            public void repeated(String resource) {
                first.repeated(resource);
                other.repeated(resource);
            }

            @Override
            public void loggedIn(@Nullable Throwable failure) {
                first.loggedIn(failure);
                other.loggedIn(failure);
            }
        };
    }
}
