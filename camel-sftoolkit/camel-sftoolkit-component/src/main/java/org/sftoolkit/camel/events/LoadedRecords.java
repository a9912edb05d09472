package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.poll.Batch;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.PollSource;

/** All records of an object by a bulk query, and then by query those that changed while it ran: it leaves them out. */
public final class LoadedRecords implements StoredRecords.Pages {

    private final PollSource load;
    private final Function<Instant, StoredRecords.Pages> changes;
    private Cursor cursor;
    private PollSource.@Nullable Reading reading;
    private StoredRecords.@Nullable Pages rest;

    /**
     * @param load    gives what exists up to an instant, which its last cursor tells
     * @param changes gives what changed since
     */
    public LoadedRecords(PollSource load, Cursor beginning, Function<Instant, StoredRecords.Pages> changes) {
        this.load = load;
        this.cursor = beginning;
        this.changes = changes;
    }

    @Override
    public Future<@Nullable List<StoredRecords.Row>> next() {
        if (rest != null) {
            return rest.next();
        }
        PollSource.Reading from = reading == null ? load.read(cursor) : reading;
        reading = from;
        return from.next().map(batch -> rows(from, batch)).onFailure(lost -> {
            from.close();
            reading = null;
        });
    }

    private List<StoredRecords.Row> rows(PollSource.Reading from, Batch batch) {
        cursor = batch.after();
        if (!batch.more()) {
            from.close();
            rest = changes.apply(cursor.from());
        }
        return batch.records().stream()
                .map(found -> QueriedRecords.row(found.record(), null))
                .toList();
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
        if (rest != null) {
            rest.close();
        }
    }
}
