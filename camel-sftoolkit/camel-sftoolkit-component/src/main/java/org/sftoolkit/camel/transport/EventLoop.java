package org.sftoolkit.camel.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The event loop on which all calls of a connection begin, and so its sockets live. Thread-safe.
 *
 * <p>Left to itself, Vert.x begins a call on a loop that belongs to the caller's thread, takes a pooled connection of whichever
 * loop has one, and hands each part of the answer from that loop to this one: with routes on many threads that costs a third of
 * a call's processor time. One loop reads some hundred thousand rows a second, more than an org gives.
 */
final class EventLoop {

    private final Future<Context> context;

    /** Takes the next of the loops in turn. */
    EventLoop(Vertx vertx) {
        Promise<Context> taken = Promise.promise();
        // the loop of the present thread may serve others, or the thread be one of Vert.x's workers; a new thread gets
        // its own
        new Thread(() -> taken.handle(Future.succeededFuture(vertx).map(Vertx::getOrCreateContext))).start();
        context = taken.future();
    }

    /** Makes a call there; completes with its outcome, and fails where it throws or the loop has ended. */
    <T> Future<T> call(Supplier<Future<T>> call) {
        return context.compose(loop -> Vertx.currentContext() == loop ? call.get() : on(loop, call));
    }

    private static <T> Future<T> on(Context loop, Supplier<Future<T>> call) {
        Promise<T> outcome = Promise.promise();
        loop.runOnContext(
                now -> Future.succeededFuture().compose(none -> call.get()).onComplete(outcome));
        return outcome.future();
    }
}
