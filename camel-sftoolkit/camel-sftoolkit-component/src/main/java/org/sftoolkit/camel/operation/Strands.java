package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Does tasks of one strand one after the other, those of different strands independently. Thread-safe. */
final class Strands {

    private final Map<Integer, Future<?>> last = new HashMap<>();

    /** Does the task once the strand's earlier ones have ended, however they ended. */
    synchronized <T> Future<T> run(int strand, Supplier<Future<T>> task) {
        Future<?> before = last.getOrDefault(strand, Future.succeededFuture());
        Future<T> mine = before.transform(ended -> task.get());
        last.put(strand, mine);
        return mine;
    }
}
