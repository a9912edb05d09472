package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the next task ready while those before it are under way, so that none waits for the reading of its own. Thread-safe.
 *
 * @param <T> a task
 */
final class ReadAhead<T> implements Fanout.Source<T> {

    private final Fanout.Source<T> source;
    private final List<T> takenBack = new ArrayList<>();
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

    @Override
    public synchronized void notBegun(T task) {
        takenBack.add(task);
    }

    /** What was read and is taken by nobody, once the reading has ended. */
    synchronized Future<List<T>> rest() {
        Future<Optional<T>> last = ready == null ? Future.succeededFuture(Optional.empty()) : ready;
        return last.otherwise(unreadable -> Optional.empty()).map(this::withTakenBack);
    }

    private synchronized List<T> withTakenBack(Optional<T> last) {
        var rest = new ArrayList<>(takenBack);
        last.ifPresent(rest::add);
        return rest;
    }
}
