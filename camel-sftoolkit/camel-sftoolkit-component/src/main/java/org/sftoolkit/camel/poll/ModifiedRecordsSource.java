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
import org.sftoolkit.camel.client.CollectionsClient;
import org.sftoolkit.camel.client.Replicated;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.WatermarkException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was created, changed or deleted, by the replication resources. Salesforce itself sees to transactions that commit late: a
 * window ends at the {@code latestDateCovered} of its answers. Windows begin at full minutes, so that what was delivered since the
 * minute began is listed twice; the reader tells by Id and stamp. Not thread-safe.
 */
public final class ModifiedRecordsSource implements PollSource {

    private static final Logger LOG = LoggerFactory.getLogger(ModifiedRecordsSource.class);
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private final ChangeReader reader;
    private final boolean resync;
    private final LogContext log;
    private Cursor expected;
    /** What is left of the window, by Id; the value is when a record was deleted, or null. */
    private Iterator<Map.Entry<String, Instant>> left;

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
    public Future<Batch> next(Cursor cursor) {
        if (left != null && cursor.equals(expected)) {
            return batch(cursor);
        }
        left = null;
        return reader.now().compose(now -> window(cursor, now));
    }

    @Override
    public void forget() {
        left = null;
    }

    @Override
    public Instant horizon(Cursor cursor) {
        return cursor.from().truncatedTo(ChronoUnit.MINUTES);
    }

    private Future<Batch> window(Cursor cursor, Instant now) {
        Instant start = cursor.from().truncatedTo(ChronoUnit.MINUTES);
        Instant end = (cursor.until() == null ? now : cursor.until()).truncatedTo(ChronoUnit.MINUTES);
        if (cursor.until() != null && cursor.until().isAfter(end)) {
            end = end.plus(Duration.ofMinutes(1));
        }
        if (start.isAfter(now.plus(SHORTEST))) {
            return Future.failedFuture(new WatermarkException(
                    "the watermark " + start + " lies ahead of the org's clock, which shows " + now
                            + ": it may belong to another org, or to a sandbox before its refresh; set it anew",
                    null));
        }
        return Duration.between(start, end).compareTo(SHORTEST) < 0
                ? Future.succeededFuture(Batch.idle(cursor))
                : ask(cursor, start, end).recover(failure -> gap(cursor, failure));
    }

    private Future<Batch> ask(Cursor cursor, Instant start, Instant end) {
        return reader.updated(start, end)
                .compose(updated -> reader.deleted(start, end).compose(deleted -> {
                    if (deleted.earliest() != null && deleted.earliest().isAfter(start)) {
                        return Future.failedFuture(forgotten(start, deleted.earliest(), null));
                    }
                    return begin(cursor, updated, deleted);
                }))
                .recover(failure ->
                        tooMany(failure) && Duration.between(start, end).compareTo(SHORTEST) > 0
                                ? ask(cursor, start, middle(start, end))
                                : Future.failedFuture(failure));
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

    private Future<Batch> begin(Cursor cursor, Replicated updated, Replicated deleted) {
        Instant covered = updated.covered().isBefore(deleted.covered()) ? updated.covered() : deleted.covered();
        if (!covered.isAfter(cursor.from())) {
            return Future.succeededFuture(Batch.idle(cursor));
        }
        var changes = new TreeMap<>(updated.records());
        changes.putAll(deleted.records());
        boolean resumed = covered.equals(cursor.until()) && cursor.at() != null;
        left = (resumed ? changes.tailMap(cursor.at().id(), false) : changes)
                .entrySet()
                .iterator();
        return batch(resumed ? cursor : cursor.window(covered));
    }

    private Future<Batch> batch(Cursor cursor) {
        var some = new TreeMap<String, Instant>();
        while (left.hasNext() && some.size() < CollectionsClient.MAX_READ) {
            var change = left.next();
            some.put(change.getKey(), change.getValue());
        }
        if (some.isEmpty()) {
            left = null;
            return Future.succeededFuture(new Batch(List.of(), cursor.closed(), false));
        }
        List<String> ids = List.copyOf(some.keySet());
        return reader.records(ids).map(found -> batch(cursor, ids, some, found)).onFailure(lost -> left = null);
    }

    private Batch batch(Cursor cursor, List<String> ids, Map<String, Instant> deletions, List<SObject> found) {
        var records = new ArrayList<PolledRecord>();
        Cursor after = cursor;
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            SObject record = found.get(i);
            Instant deleted = deletions.get(id);
            after = after.at(new Position(cursor.until(), id));
            if (record != null) {
                // deleted and taken out of the recycle bin again: it lives
                Instant stamp = reader.stamp(record);
                Change change = Changes.of(record, stamp, cursor.from(), false);
                records.add(new PolledRecord(record, new Position(stamp, id), change, after));
            } else if (deleted != null) {
                records.add(new PolledRecord(reader.deleted(id), new Position(deleted, id), Change.DELETED, after));
            }
            // neither: it was deleted since, which a later window tells
        }
        expected = after;
        return new Batch(records, after, true);
    }

    private Future<Batch> gap(Cursor cursor, Throwable failure) {
        Throwable cause = has(failure, "INVALID_REPLICATION_DATE") ? forgotten(cursor.from(), null, failure) : failure;
        if (!(cause instanceof WatermarkException) || !resync) {
            return Future.failedFuture(cause);
        }
        log.write(() -> LOG.warn("{}; everything that exists is loaded again (onGap=RESYNC)", cause.getMessage()));
        return Future.succeededFuture(new Batch(List.of(), cursor.restarted(), true));
    }

    private static WatermarkException forgotten(Instant from, Instant earliest, Throwable cause) {
        String known = earliest == null
                ? "Salesforce keeps changes for 30 days and deletions for 15 at most"
                : "its log of deletions begins at " + earliest;
        return new WatermarkException(
                "the org does not know any more what happened since the watermark " + from + ": " + known
                        + ". Set the watermark to a later instant, or onGap=RESYNC to load everything again",
                cause);
    }
}
