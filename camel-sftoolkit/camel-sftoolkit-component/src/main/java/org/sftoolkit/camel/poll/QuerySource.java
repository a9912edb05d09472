package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/**
 * What was created or changed, by a field that holds when.
 *
 * <p>The time is cut into half-open windows that end {@code settleDelay} before the org's clock: a row takes its stamp when it is
 * written and is seen only when its transaction commits, so the newest second is never complete. For rows that commit later
 * still, each window is read again from {@code lookBack} before its begin; the poller knows what it has delivered.
 */
public final class QuerySource implements PollSource {

    /** How far the org's clock may be behind the position, because its servers differ by seconds. */
    private static final Duration LEAST_SKEW = Duration.ofSeconds(5);
    /** More is taken, up to here, if the look-back finds what is stamped meanwhile. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(1);

    private final SpanReader reader;
    private final Duration settleDelay;
    private final Duration lookBack;

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
    public Reading read(Cursor place) {
        return new Windows(place);
    }

    @Override
    public @Nullable Instant horizon(Cursor cursor) {
        if (cursor.until() == null) {
            return lower(cursor);
        }
        Instant next = cursor.until().minus(lookBack);
        Instant now = cursor.at() == null ? lower(cursor) : cursor.at().stamp();
        return now == null || now.isBefore(next) ? now : next;
    }

    private Duration skew() {
        Duration found = lookBack.compareTo(MOST_SKEW) < 0 ? lookBack : MOST_SKEW;
        return found.compareTo(LEAST_SKEW) < 0 ? LEAST_SKEW : found;
    }

    private @Nullable Instant lower(Cursor cursor) {
        if (cursor.from() == null) {
            return null;
        }
        Instant lower = cursor.from().minus(lookBack);
        return cursor.origin() != null && lower.isBefore(cursor.origin()) ? cursor.origin() : lower;
    }

    /** The window that is being read, or the next one. */
    private final class Windows implements Reading {

        private Cursor cursor;
        private SpanReader.@Nullable Rows rows;
        private boolean firstPage = true;

        private Windows(Cursor place) {
            cursor = place;
        }

        @Override
        public Future<Batch> next() {
            if (cursor.ahead()) {
                return Future.failedFuture(cursor.refusal());
            }
            return cursor.until() == null ? reader.now().compose(this::begin) : page(cursor.until());
        }

        private Future<Batch> begin(Instant now) {
            Instant until = now.minus(settleDelay).truncatedTo(ChronoUnit.SECONDS);
            Instant from = cursor.from();
            if (from != null && from.isAfter(now.plus(skew()))) {
                cursor = cursor.foundAhead();
                return Future.succeededFuture(Batch.step(cursor));
            }
            if (from != null && !until.isAfter(from)) {
                return Future.succeededFuture(Batch.idle(cursor));
            }
            cursor = cursor.window(until);
            return page(until);
        }

        private Future<Batch> page(Instant until) {
            if (rows == null) {
                rows = reader.open(new Span(cursor.at() == null ? lower(cursor) : null, until, cursor.at()));
            }
            return rows.next()
                    .map(page -> page == null ? new Batch(List.of(), cursor.closed(), false) : batch(page, until));
        }

        private Batch batch(List<SObject> page, Instant until) {
            // A further page may show a row that was committed late since the query was asked, with a stamp that lies
            // ahead of rows still to come. A position there would pass them by; what was delivered behind it is known
            // by the log.
            Instant certain = firstPage ? until : until.minus(lookBack);
            firstPage = false;
            var records = new ArrayList<PolledRecord>(page.size());
            for (SObject row : page) {
                Instant stamp = reader.stamp(row);
                // A row that changed since the query has its new stamp and belongs to a later window
                if (stamp.isBefore(until)) {
                    var position = new Position(stamp, Objects.requireNonNull(row.id(), "each statement reads it"));
                    boolean late = cursor.from() != null && stamp.isBefore(cursor.from());
                    Change change = Changes.of(row, stamp, cursor.from(), late);
                    cursor = stamp.isBefore(certain) ? cursor.at(position) : cursor;
                    records.add(new PolledRecord(row, position, change, cursor));
                }
            }
            return new Batch(records, cursor, true);
        }
    }
}
