package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.model.SObject;

/**
 * What was created or changed, by a field that holds when.
 *
 * <p>The time is cut into half-open windows that end {@code settleDelay} before the org's clock: a row takes its stamp when it is
 * written and is seen only when its transaction commits, so the newest second is never complete. For rows that commit later
 * still, each window is read again from {@code lookBack} before its begin; the reader tells what it has delivered by itself.
 * Not thread-safe.
 */
public final class QuerySource implements PollSource {

    /** How far the org's clock may stand behind the position: its servers do not agree to the second. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final SpanReader reader;
    private final Duration settleDelay;
    private final Duration lookBack;
    private Cursor expected;
    private SpanReader.Rows open;

    /**
     * @param settleDelay age that a row has to have
     * @param lookBack    how far before the window rows are looked for that were committed late; zero for not at all
     */
    public QuerySource(SpanReader reader, Duration settleDelay, Duration lookBack) {
        this.reader = reader;
        this.settleDelay = settleDelay;
        this.lookBack = lookBack;
    }

    @Override
    public Future<Batch> next(Cursor cursor) {
        if (cursor.until() == null) {
            return reader.now().compose(now -> begin(cursor, now));
        }
        if (open == null || !cursor.equals(expected)) {
            open = reader.open(new Span(cursor.at() == null ? lower(cursor) : null, cursor.until(), cursor.at()));
        }
        return page(cursor);
    }

    @Override
    public Instant horizon(Cursor cursor) {
        if (cursor.until() == null) {
            return lower(cursor);
        }
        Instant next = cursor.until().minus(lookBack);
        Instant now = cursor.at() == null ? lower(cursor) : cursor.at().stamp();
        return now == null || now.isBefore(next) ? now : next;
    }

    private Future<Batch> begin(Cursor cursor, Instant now) {
        Instant until = now.minus(settleDelay).truncatedTo(ChronoUnit.SECONDS);
        Instant from = cursor.from();
        if (from != null && from.isAfter(now.plus(CLOCK_SKEW))) {
            return Future.failedFuture(new WatermarkException(
                    "the watermark " + from + " lies ahead of the org's clock, which shows " + now
                            + ": it may belong to another org, or to a sandbox before its refresh; set it anew",
                    null));
        }
        return from != null && !until.isAfter(from)
                ? Future.succeededFuture(Batch.idle(cursor))
                : next(cursor.window(until));
    }

    private Instant lower(Cursor cursor) {
        if (cursor.from() == null) {
            return null;
        }
        Instant lower = cursor.from().minus(lookBack);
        return cursor.origin() != null && lower.isBefore(cursor.origin()) ? cursor.origin() : lower;
    }

    private Future<Batch> page(Cursor cursor) {
        return open.next().onFailure(lost -> open = null).map(rows -> rows == null ? end(cursor) : batch(rows, cursor));
    }

    private Batch end(Cursor cursor) {
        open = null;
        return new Batch(List.of(), cursor.closed(), false);
    }

    private Batch batch(List<SObject> rows, Cursor cursor) {
        var records = new ArrayList<PolledRecord>(rows.size());
        Cursor after = cursor;
        for (SObject row : rows) {
            Instant stamp = reader.stamp(row);
            // A row that changed since the query was asked shows its new stamp: its turn comes in a later window
            if (stamp.isBefore(cursor.until())) {
                var position = new Position(stamp, row.id());
                boolean late = cursor.from() != null && stamp.isBefore(cursor.from());
                after = after.at(position);
                records.add(new PolledRecord(row, position, Changes.of(row, stamp, cursor.from(), late), after));
            }
        }
        expected = after;
        return new Batch(records, after, true);
    }
}
