package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Loads what exists, then follows what changes from the instant at which the load was begun: nothing falls between. */
public record LoadThenFollow(PollSource load, PollSource follow) implements PollSource {

    @Override
    public Reading read(Cursor place) {
        return new Reading() {
            private Cursor now = place;
            private PollSource source = of(place);
            private Reading reading = source.read(place);

            @Override
            public Future<Batch> next() {
                // a gap leads from following to loading again
                if (of(now) != source) {
                    reading.close();
                    source = of(now);
                    reading = source.read(now);
                }
                return reading.next().onSuccess(batch -> now = batch.after());
            }

            @Override
            public void close() {
                reading.close();
            }
        };
    }

    @Override
    public @Nullable Instant horizon(Cursor place) {
        return of(place).horizon(place);
    }

    private PollSource of(Cursor cursor) {
        return cursor.from() == null ? load : follow;
    }
}
