package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.sftoolkit.camel.config.ContinueOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes an exchange from the event loop back to its route after the response, in any order.
 *
 * <p>It never loses an exchange: if the pool rejects it, the exchange continues in Vert.x's worker pool, whose queue
 * is unbounded.
 */
@FunctionalInterface
interface Continuation {

    /** Continues the route; the task ends the exchange. */
    void run(Runnable task);

    /** The continuation of the option {@code continueOn}. */
    static Continuation of(ContinueOn where, SfToolkitComponent component, Vertx vertx) {
        return switch (where) {
            case EVENT_LOOP -> Runnable::run;
            case WORKER -> task -> onWorker(vertx, task);
            case POOL -> inPool(component.pool(), vertx);
        };
    }

    private static Continuation inPool(ExecutorService pool, Vertx vertx) {
        return task -> {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException full) {
                Log.LOG.warn("The thread pool 'sftoolkit', in which routes continue, is full or stopped: continuing in"
                        + " Vert.x's worker pool");
                onWorker(vertx, task);
            }
        };
    }

    private static void onWorker(Vertx vertx, Runnable task) {
        try {
            // unordered: the default would run all exchanges of a Vert.x context one after the other
            vertx.executeBlocking(
                    () -> {
                        task.run();
                        return null;
                    },
                    false);
        } catch (RejectedExecutionException closed) {
            task.run(); // Vert.x is closing, so the task runs on this thread
        }
    }

    /** Contains the logger, which would be public in the interface. */
    final class Log {
        private static final Logger LOG = LoggerFactory.getLogger(Continuation.class);

        private Log() {}
    }
}
