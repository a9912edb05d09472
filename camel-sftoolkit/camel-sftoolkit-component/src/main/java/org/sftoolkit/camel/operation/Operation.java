package org.sftoolkit.camel.operation;

import io.vertx.core.Future;

/**
 * One verb of the component. Thread-safe; never blocks; stateless. Its waits end with the call's stop signal.
 *
 * @param <I> what it works on; bodies are converted to it by Camel's type converters
 */
public interface Operation<I> {

    /** What it works on. */
    Class<I> input();

    /** How an Id in the header {@code CamelSfToolkitId} that an earlier step set may be used. */
    enum LeftId {
        /** Stand in for a body that holds no record and no Id. */
        FOR_NO_KEY,
        /** The same, but for a text: one that is not an Id may be a mistake, and the operation cannot be undone. */
        FOR_NO_TEXT,
        /** Nothing. */
        NEVER
    }

    /** What an Id may do that an earlier step left; asked if the input is Ids. */
    default LeftId leftId() {
        return LeftId.FOR_NO_KEY;
    }

    /** The options that it honours: any other that stands in a URI is refused. */
    HonouredOptions options();

    /**
     * Refuses options that can never work or exclude each other, when the endpoint is created and when headers
     * override options. An option that is missing is refused unless a header {@linkplain CallOptions#mayCome may
     * bring it}.
     *
     * @throws IllegalArgumentException naming the option and the cure
     */
    default void check(CallOptions options) {}

    /**
     * Whether doing the work again may create records a second time: an exchange that is redelivered after a job of unknown
     * outcome is refused then. Requests look after that themselves.
     */
    default boolean insertsByJobs(CallOptions options) {
        return false;
    }

    /** Does the work; every failure arrives in the future. */
    Future<Outcome> run(I input, OperationContext call);
}
