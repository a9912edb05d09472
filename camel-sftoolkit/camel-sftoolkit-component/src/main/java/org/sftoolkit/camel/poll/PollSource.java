package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives versions of records, in the order in which they are to be delivered. */
public interface PollSource {

    /** Begins a reading behind this place. Readings know nothing of each other: one that was given up disturbs no other. */
    Reading read(Cursor place);

    /**
     * The earliest stamp that may be given again by a reading from this place: what was delivered from then on has to be
     * remembered. Null for everything.
     */
    @Nullable
    Instant horizon(Cursor place);

    /** One pass over the source. Asked by one caller at a time; over after a failure. */
    interface Reading {

        /** What comes next. */
        Future<Batch> next();

        /** Drops what is open. */
        default void close() {}
    }
}
