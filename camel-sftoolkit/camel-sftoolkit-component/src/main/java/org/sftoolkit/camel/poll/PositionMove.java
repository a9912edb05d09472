package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.Supplier;

/** A position that is to take the place of the present one. {@code NOW} means the org's time, which has to be asked for first. */
final class PositionMove {

    private final StartPosition to;
    private final Cursor from;
    private final String source;
    private volatile Cursor cursor;

    /** @param from the present position; null for the first one of all */
    PositionMove(StartPosition to, Cursor from, String source) {
        this.to = to;
        this.from = from;
        this.source = source;
    }

    /** It means this time. */
    void at(Instant now) {
        cursor = from == null ? to.first(source, now) : to.insteadOf(from, now);
    }

    /** Asks for the time if it is needed; completes with true when the cursor is known. */
    Future<Boolean> resolve(Supplier<Future<Instant>> clock) {
        return cursor != null
                ? Future.succeededFuture(true)
                : to.time(clock).map(now -> {
                    at(now);
                    return true;
                });
    }

    /** The new position; null until its time is known. */
    Cursor cursor() {
        return cursor;
    }

    /** Whether there was no position before. */
    boolean isFirst() {
        return from == null;
    }

    /** Writes it: a first position only if no other consumer was quicker. May block. */
    void write(PositionStore store) {
        if (isFirst()) {
            store.begin(cursor);
        } else {
            store.move(cursor);
        }
    }

    /** Whether {@code NOW} was set and its time is not known yet. */
    boolean awaitsNow() {
        return from != null && cursor == null;
    }
}
