package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    public Instant horizon(Cursor cursor) {
        return cursor.from().truncatedTo(ChronoUnit.MINUTES);
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

    private static WatermarkException forgotten(Instant from, Instant earliest, Throwable cause) {
        String known = earliest == null
                ? "Salesforce keeps changes for 30 days and deletions for 15 at most"
                : "its log of deletions begins at " + earliest;
        return new WatermarkException(
                "the org no longer has all changes since the watermark " + from + ": " + known
                        + ". Set the watermark to a later instant, or onGap=RESYNC to load everything again",
                cause);
    }

    /** The span that is being read, or the next one. */
    private final class Spans implements Reading {

        private Cursor cursor;
        /** What is left of the window, by Id; the value is when a record was deleted, or null. */
        private Iterator<Map.Entry<String, Instant>> left;

        private Spans(Cursor place) {
            cursor = place;
        }

        @Override
        public Future<Batch> next() {
            if (cursor.ahead()) {
                return Future.failedFuture(cursor.refusal());
            }
            return left == null ? reader.now().compose(this::window) : batch();
        }

        private Future<Batch> window(Instant now) {
            Instant start = cursor.from().truncatedTo(ChronoUnit.MINUTES);
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
            if (!covered.isAfter(cursor.from())) {
                return Future.succeededFuture(Batch.idle(cursor));
            }
            var changes = new TreeMap<>(updated.records());
            changes.putAll(deleted.records());
            boolean resumed = covered.equals(cursor.until()) && cursor.at() != null;
            left = (resumed ? changes.tailMap(cursor.at().id(), false) : changes)
                    .entrySet()
                    .iterator();
            cursor = resumed ? cursor : cursor.window(covered);
            return batch();
        }

        private Future<Batch> batch() {
            var some = new TreeMap<String, Instant>();
            while (left.hasNext() && some.size() < CollectionsClient.MAX_READ) {
                var change = left.next();
                some.put(change.getKey(), change.getValue());
            }
            if (some.isEmpty()) {
                return Future.succeededFuture(new Batch(List.of(), cursor.closed(), false));
            }
            List<String> ids = List.copyOf(some.keySet());
            return reader.records(ids).map(found -> batch(ids, some, found));
        }

        private Batch batch(List<String> ids, Map<String, Instant> deletions, List<SObject> found) {
            var records = new ArrayList<PolledRecord>();
            for (int i = 0; i < ids.size(); i++) {
                String id = ids.get(i);
                SObject record = found.get(i);
                Instant deleted = deletions.get(id);
                cursor = cursor.at(new Position(cursor.until(), id));
                if (record != null) {
                    // deleted and taken out of the recycle bin again: it lives
                    Instant stamp = reader.stamp(record);
                    Change change = Changes.of(record, stamp, cursor.from(), false);
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
            Throwable cause =
                    has(failure, "INVALID_REPLICATION_DATE") ? forgotten(cursor.from(), null, failure) : failure;
            if (!(cause instanceof WatermarkException) || !resync) {
                return Future.failedFuture(cause);
            }
            log.write(() -> LOG.warn("{}; all records are loaded again (onGap=RESYNC)", cause.getMessage()));
            return Future.succeededFuture(Batch.step(cursor.restarted()));
        }
    }
}
