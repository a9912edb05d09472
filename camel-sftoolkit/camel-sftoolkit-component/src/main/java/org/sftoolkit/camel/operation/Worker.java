package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Runs on a worker thread what may block, such as reading a user's stream. */
@FunctionalInterface
public interface Worker {

    /** Runs it, in no order with other work. */
    <T> Future<T> run(Callable<T> work);
}
