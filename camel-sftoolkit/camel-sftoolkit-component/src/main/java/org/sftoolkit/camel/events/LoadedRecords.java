package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.sftoolkit.camel.poll.Batch;
import org.sftoolkit.camel.poll.Cursor;
import org.sftoolkit.camel.poll.PollSource;

/** All records of an object by a bulk query, and then by query those that changed while it ran: it leaves them out. */
public final class LoadedRecords implements StoredRecords.Pages {

    private final PollSource load;
    private final Function<Instant, StoredRecords.Pages> changes;
    private Cursor cursor;
    private PollSource.Reading reading;
    private StoredRecords.Pages rest;

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
    public Future<List<StoredRecords.Row>> next() {
        if (rest != null) {
            return rest.next();
        }
        if (reading == null) {
            reading = load.read(cursor);
        }
        return reading.next().map(this::rows).onFailure(lost -> {
            reading.close();
            reading = null;
        });
    }

    private List<StoredRecords.Row> rows(Batch batch) {
        cursor = batch.after();
        if (!batch.more()) {
            reading.close();
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
