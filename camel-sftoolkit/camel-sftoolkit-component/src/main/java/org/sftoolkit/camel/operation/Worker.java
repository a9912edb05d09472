package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Runs on a worker thread what may block, such as reading a user's stream. */
@FunctionalInterface
public interface Worker {

    /** Runs it, in no order with other work. */
    <T> Future<T> run(Callable<T> work);

    /**
     * The worker threads of Vert.x.
     *
     * @param vertx asked each time
     */
    static Worker of(Supplier<Vertx> vertx) {
        return new Worker() {
            @Override
            public <T> Future<T> run(Callable<T> work) {
                return vertx.get().executeBlocking(work, false);
            }
        };
    }
}
