package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.records.CollectionsClient;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads created, changed and deleted records from the replication resources. Salesforce handles late commits itself:
 * a window ends at the {@code latestDateCovered} of its responses. Windows start at full minutes, so some records are
 * listed twice; the poller recognises them by Id and stamp.
 */
public final class ModifiedRecordsSource implements PollSource {

    private static final Logger LOG = LoggerFactory.getLogger(ModifiedRecordsSource.class);
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private final ChangeReader reader;
    private final boolean resync;
    private final LogContext log;
    /**
     * @param resync whether a gap leads to a new load instead of a failure
     * @param log    what its lines belong to
     */
    public ModifiedRecordsSource(ChangeReader reader, boolean resync, LogContext log) {
        this.reader = reader;
        this.resync = resync;
        this.log = log;
    }

    @Override
    public Reading read(Cursor place) {
        return new Spans(place);
    }

    @Override
    public @Nullable Instant horizon(Cursor cursor) {
        return cursor.from() == null ? null : cursor.from().truncatedTo(ChronoUnit.MINUTES);
    }

    private static boolean tooMany(Throwable failure) {
        return has(failure, "EXCEEDED_ID_LIMIT");
    }

    private static boolean has(Throwable failure, String code) {
        return failure instanceof RequestRejectedException refusal
                && refusal.errors().stream().anyMatch(error -> error.code().equals(code));
    }

    private static Instant middle(Instant start, Instant end) {
        Instant middle = start.plus(Duration.between(start, end).dividedBy(2)).truncatedTo(ChronoUnit.MINUTES);
        return middle.isBefore(start.plus(SHORTEST)) ? start.plus(SHORTEST) : middle;
    }

    private static WatermarkException forgotten(Instant from, @Nullable Instant earliest, @Nullable Throwable cause) {
        String known = earliest == null
                ? "Salesforce keeps changes for 30 days and deletions for 15 at most"
                : "its log of deletions begins at " + earliest;
        return new WatermarkException(
                "the org no longer has all changes since the watermark " + from + ": " + known
                        + ". Set the watermark to a later instant, or onGap=RESYNC to load everything again",
                cause);
    }

    /**
     * A window that is being read.
     *
     * @param end  exclusive
     * @param left what is not read yet, by Id; the value is when a record was deleted, or null
     */
    private record Window(Instant end, Iterator<Map.Entry<String, @Nullable Instant>> left) {}

    /** The span that is being read, or the next one. */
    private final class Spans implements Reading {

        private final Instant from;
        private Cursor cursor;
        private @Nullable Window window;

        private Spans(Cursor place) {
            from = Objects.requireNonNull(place.from(), "a load has not been finished");
            cursor = place;
        }

        @Override
        public Future<Batch> next() {
            if (cursor.ahead()) {
                return Future.failedFuture(cursor.refusal());
            }
            return window == null ? reader.now().compose(this::window) : batch(window);
        }

        private Future<Batch> window(Instant now) {
            Instant start = from.truncatedTo(ChronoUnit.MINUTES);
            Instant end = (cursor.until() == null ? now : cursor.until()).truncatedTo(ChronoUnit.MINUTES);
            if (cursor.until() != null && cursor.until().isAfter(end)) {
                end = end.plus(Duration.ofMinutes(1));
            }
            if (start.isAfter(now.plus(SHORTEST))) {
                cursor = cursor.foundAhead();
                return Future.succeededFuture(Batch.step(cursor));
            }
            return Duration.between(start, end).compareTo(SHORTEST) < 0
                    ? Future.succeededFuture(Batch.idle(cursor))
                    : ask(start, end).recover(this::gap);
        }

        private Future<Batch> ask(Instant start, Instant end) {
            return reader.updated(start, end)
                    .compose(updated -> reader.deleted(start, end).compose(deleted -> {
                        if (deleted.earliest() != null && deleted.earliest().isAfter(start)) {
                            return Future.failedFuture(forgotten(start, deleted.earliest(), null));
                        }
                        return begin(end, updated, deleted);
                    }))
                    .recover(failure ->
                            tooMany(failure) && Duration.between(start, end).compareTo(SHORTEST) > 0
                                    ? ask(start, middle(start, end))
                                    : Future.failedFuture(failure));
        }

        private Future<Batch> begin(Instant end, Replicated updated, Replicated deleted) {
            Instant covered = updated.covered().isBefore(deleted.covered()) ? updated.covered() : deleted.covered();
            // a response never covers more than the requested window
            covered = covered.isAfter(end) ? end : covered;
            if (!covered.isAfter(from)) {
                return Future.succeededFuture(Batch.idle(cursor));
            }
            NavigableMap<String, @Nullable Instant> changes = new TreeMap<>(updated.records());
            changes.putAll(deleted.records());
            if (covered.equals(cursor.until()) && cursor.at() != null) {
                changes = changes.tailMap(cursor.at().id(), false);
            } else {
                cursor = cursor.window(covered);
            }
            var begun = new Window(covered, changes.entrySet().iterator());
            window = begun;
            return batch(begun);
        }

        private Future<Batch> batch(Window of) {
            var some = new TreeMap<String, @Nullable Instant>();
            while (of.left().hasNext() && some.size() < CollectionsClient.MAX_READ) {
                var change = of.left().next();
                some.put(change.getKey(), change.getValue());
            }
            if (some.isEmpty()) {
                return Future.succeededFuture(new Batch(List.of(), cursor.closed(), false));
            }
            List<String> ids = List.copyOf(some.keySet());
            return reader.records(ids).map(found -> batch(of.end(), some, found));
        }

        private Batch batch(Instant end, Map<String, @Nullable Instant> changes, List<@Nullable SObject> found) {
            var records = new ArrayList<PolledRecord>();
            var answers = found.iterator();
            for (var changed : changes.entrySet()) {
                String id = changed.getKey();
                SObject record = answers.next();
                Instant deleted = changed.getValue();
                cursor = cursor.at(new Position(end, id));
                if (record != null) {
                    // deleted and taken out of the recycle bin again: it lives
                    Instant stamp = reader.stamp(record);
                    Change change = Changes.of(record, stamp, from, false);
                    records.add(new PolledRecord(record, new Position(stamp, id), change, cursor));
                } else if (deleted != null) {
                    records.add(
                            new PolledRecord(reader.deleted(id), new Position(deleted, id), Change.DELETED, cursor));
                }
                // neither: it was deleted since, which a later window reports
            }
            return new Batch(records, cursor, true);
        }

        private Future<Batch> gap(Throwable failure) {
            Throwable cause = has(failure, "INVALID_REPLICATION_DATE") ? forgotten(from, null, failure) : failure;
            if (!(cause instanceof WatermarkException) || !resync) {
                return Future.failedFuture(cause);
            }
            log.write(() -> LOG.warn("{}; all records are loaded again (onGap=RESYNC)", cause.getMessage()));
            return Future.succeededFuture(Batch.step(cursor.restarted()));
        }
    }
}
