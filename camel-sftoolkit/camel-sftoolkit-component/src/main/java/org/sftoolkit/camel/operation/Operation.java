package org.sftoolkit.camel.operation;

import io.vertx.core.Future;

/**
 * One verb of the component. Stateless and thread-safe; never blocks.
 *
 * @param <I> what it works on; bodies are converted to it by Camel's type converters
 */
public interface Operation<I> {

    /** What it works on. */
    Class<I> input();

    /**
     * Refuses options that can never work, when the endpoint is created.
     *
     * @throws IllegalArgumentException naming the option and the cure
     */
    default void check(CallOptions options) {}

    /** Does the work; every failure arrives in the future. */
    Future<Outcome> run(I input, Call call);
}
