package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * Holds the next task ready while those before it are under way, so that none waits for the reading of its own. Thread-safe.
 *
 * @param <T> a task
 */
final class ReadAhead<T> implements Fanout.Source<T> {

    private final Fanout.Source<T> source;
    private Future<Optional<T>> ready;

    ReadAhead(Fanout.Source<T> source) {
        this.source = source;
    }

    @Override
    public synchronized Future<Optional<T>> next() {
        Future<Optional<T>> next = ready == null ? source.next() : ready;
        // not before this one is read: the source is asked by one caller at a time
        ready = next.compose(task -> task.isPresent() ? source.next() : Future.succeededFuture(task));
        return next;
    }

    /** What was read and is taken by nobody, once the reading has ended; empty where there is none or it failed. */
    synchronized Future<Optional<T>> rest() {
        return ready == null
                ? Future.succeededFuture(Optional.empty())
                : ready.otherwise(unreadable -> Optional.empty());
    }
}
