package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Concurrency;
import org.sftoolkit.camel.transport.StopSignal;

/**
 * Runs tasks as they are read from a source, with limited concurrency. It holds no thread and only running tasks. All
 * started tasks end before the whole does, even if others fail.
 *
 * @param <T> a task
 */
public final class Fanout<T> {

    /** Provides the tasks; called by one caller at a time. */
    @FunctionalInterface
    public interface Source<T> {
        /** The next task; empty at the end. */
        Future<Optional<T>> next();

        /** Takes back a task that was read but will not start, because another failed or the route stops. */
        default void notBegun(T task) {}
    }

    private final Source<T> source;
    private final Concurrency limit;
    private final StopSignal stop;
    private final Function<T, Future<?>> work;
    private final Promise<Void> done = Promise.promise();
    private int active;
    private boolean pulling;
    private boolean exhausted;
    private @Nullable Throwable failure;

    private Fanout(Source<T> source, Concurrency limit, StopSignal stop, Function<T, Future<?>> work) {
        this.source = source;
        this.limit = limit;
        this.stop = stop;
        this.work = work;
    }

    /**
     * Runs all tasks of the source. After a failure no further task starts; the first failure is returned when
     * running tasks have ended.
     */
    public static <T> Future<Void> run(Source<T> source, int limit, Function<T, Future<?>> work) {
        return run(source, Concurrency.fixed(Math.max(1, limit)), new StopSignal(), work);
    }

    /** As with a fixed limit; one that changes is asked anew whenever a task ends. */
    public static <T> Future<Void> run(Source<T> source, Concurrency limit, Function<T, Future<?>> work) {
        return run(source, limit, new StopSignal(), work);
    }

    /** As with a fixed limit; one that changes is asked anew whenever a task ends. No task is read or begun after the signal. */
    public static <T> Future<Void> run(
            Source<T> source, Concurrency limit, StopSignal stop, Function<T, Future<?>> work) {
        var fanout = new Fanout<>(source, limit, stop, work);
        fanout.advance();
        return fanout.done.future();
    }

    /** A source of tasks that are in memory. */
    public static <T> Source<T> of(Iterator<T> tasks) {
        return () -> Future.succeededFuture(tasks.hasNext() ? Optional.of(tasks.next()) : Optional.empty());
    }

    // A loop, and re-entered calls return at once: tasks that end immediately must not deepen the stack.
    private void advance() {
        while (mayPull()) {
            Future<Optional<T>> next = pull();
            if (!next.isComplete()) {
                next.onComplete(pulled -> {
                    accept(next);
                    advance();
                });
                return;
            }
            accept(next);
        }
        finishIfDone();
    }

    private synchronized boolean mayPull() {
        if (stop.given() && failure == null && !exhausted) {
            failure = StopSignal.failure();
        }
        if (pulling || exhausted || failure != null || active >= limit.now()) {
            return false;
        }
        pulling = true;
        return true;
    }

    private Future<Optional<T>> pull() {
        try {
            Future<Optional<T>> next = source.next();
            return stop.until(next).onFailure(stopped -> next.onSuccess(late -> late.ifPresent(source::notBegun)));
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    private void accept(Future<Optional<T>> pulled) {
        T unwanted = null;
        synchronized (this) {
            if (pulled.failed() || pulled.result().isEmpty()) {
                pulling = false;
                exhausted = true;
                failure = failure == null ? pulled.cause() : failure;
                return;
            }
            if (failure == null && !stop.given()) {
                active++;
            } else {
                // it failed, or the route was stopped, while this task was read
                failure = failure == null ? StopSignal.failure() : failure;
                pulling = false;
                unwanted = pulled.result().get();
            }
        }
        if (unwanted != null) {
            source.notBegun(unwanted);
            return;
        }
        Future<?> task = begin(pulled.result().get());
        boolean ended = task.isComplete();
        if (ended) {
            ended(task);
        }
        synchronized (this) {
            pulling = false;
        }
        if (!ended) {
            task.onComplete(outcome -> {
                ended(task);
                advance();
            });
        }
    }

    private Future<?> begin(T task) {
        try {
            return work.apply(task);
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    private synchronized void ended(Future<?> task) {
        active--;
        failure = failure == null ? task.cause() : failure;
    }

    private void finishIfDone() {
        Throwable cause;
        synchronized (this) {
            if (active > 0 || pulling || !exhausted && failure == null) {
                return;
            }
            cause = failure;
        }
        if (cause == null) {
            done.tryComplete();
        } else {
            done.tryFail(cause);
        }
    }
}
