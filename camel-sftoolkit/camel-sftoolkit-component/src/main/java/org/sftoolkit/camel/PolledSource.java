package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.sftoolkit.camel.poll.Batch;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.PollSource;
import org.sftoolkit.camel.poll.PolledRecord;

/** A source with the place at which it is read, and what was read and not yet delivered. Used by one thread at a time. */
final class PolledSource {

    private final PollSource source;
    private Cursor reading;
    private Batch left;
    private Cursor leftFrom;

    PolledSource(PollSource source) {
        this.source = source;
    }

    /** Goes on at this position: with what is left, where that follows it. */
    void goOnAt(Cursor cursor) {
        if (left == null || !cursor.equals(leftFrom)) {
            left = null;
            reading = cursor;
        }
    }

    Future<Batch> next() {
        if (left != null) {
            Batch batch = left;
            left = null;
            return Future.succeededFuture(batch);
        }
        return source.next(reading).onSuccess(batch -> reading = batch.after());
    }

    /** These records of a batch are to come again first. */
    void giveBack(List<PolledRecord> records, Batch batch) {
        left = new Batch(List.copyOf(records), batch.after(), batch.more());
    }

    /** The position after which what is left follows. */
    void leftFollows(Cursor cursor) {
        leftFrom = cursor;
    }

    /** What is left is read again. */
    void forget() {
        left = null;
    }

    Instant horizon(Cursor cursor) {
        return source.horizon(cursor);
    }
}
