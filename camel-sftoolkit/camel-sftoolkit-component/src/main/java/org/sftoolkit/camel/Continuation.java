package org.sftoolkit.camel;

import io.vertx.core.Vertx;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.sftoolkit.camel.config.ContinueOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands an exchange whose answer has come from the event loop back to its route, in no order with others.
 *
 * <p>Never loses one: where the pool takes no more, the exchange goes on in Vert.x's worker pool, whose queue has no bound.
 */
@FunctionalInterface
interface Continuation {

    /** Goes on with the route; the task ends the exchange. */
    void run(Runnable task);

    /** The continuation that {@code continueOn} names. */
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
            task.run(); // Vert.x is closing: late on this thread is better than never
        }
    }

    /** Holds the logger, which an interface would make public. */
    final class Log {
        private static final Logger LOG = LoggerFactory.getLogger(Continuation.class);

        private Log() {}
    }
}
