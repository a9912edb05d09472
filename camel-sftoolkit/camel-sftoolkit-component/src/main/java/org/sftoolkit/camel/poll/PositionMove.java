package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A position that is to take the place of the present one. {@code NOW} means the org's time, which has to be asked for first. */
final class PositionMove {

    private final StartPosition to;
    private final @Nullable Cursor from;
    private final String source;
    private volatile @Nullable Cursor cursor;

    /** @param from the present position; null for the first one of all */
    PositionMove(StartPosition to, @Nullable Cursor from, String source) {
        this.to = to;
        this.from = from;
        this.source = source;
    }

    /** It means this time, which is null if it needs no time. Returns the new position. */
    Cursor at(@Nullable Instant now) {
        Cursor known = from == null ? to.first(source, now) : to.insteadOf(from, now);
        cursor = known;
        return known;
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
    @Nullable
    Cursor cursor() {
        return cursor;
    }

    /** Whether there was no position before. */
    boolean isFirst() {
        return from == null;
    }

    /** Writes it, when its time is known; a first one only if no other consumer was quicker. May block. Returns it. */
    Cursor write(PositionStore store) {
        Cursor known = Objects.requireNonNull(cursor, "its time is not known yet");
        if (isFirst()) {
            store.begin(known);
        } else {
            store.move(known);
        }
        return known;
    }

    /** Whether {@code NOW} was set and its time is not known yet. */
    boolean awaitsNow() {
        return from != null && cursor == null;
    }
}
