package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;

/** Loads what exists, then follows what changes from the instant at which the load was begun: nothing falls between. */
public record LoadThenFollow(PollSource load, PollSource follow) implements PollSource {

    @Override
    public Future<Batch> next(Cursor cursor) {
        return of(cursor).next(cursor);
    }

    @Override
    public Instant horizon(Cursor cursor) {
        return of(cursor).horizon(cursor);
    }

    private PollSource of(Cursor cursor) {
        return cursor.from() == null ? load : follow;
    }
}
