package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;

/**
 * Everything that a bulk query gives: as an extract each time, or once as the load before a consumer follows the changes. The
 * instant from which they are followed is taken before the job is made, so that nothing falls between. The position holds the job
 * and the row within it: a restart reads the same job on, and makes a new one only where that is gone. Not thread-safe.
 */
public final class BulkExtractSource implements PollSource {

    private static final int ROWS = 2_000;

    /** Runs query jobs. */
    public interface Jobs {

        /** Makes a job; answers its id. */
        Future<String> start(String soql, boolean includeDeleted);

        /** The rows of a job from its begin, when it has ended. */
        Future<Rows> rows(String jobId);
    }

    /** Rows of a job. */
    public interface Rows {

        /** The next rows, at most so many; empty behind the last. */
        Future<List<SObject>> next(int most);

        /** No more are wanted. */
        void close();
    }

    private final Jobs jobs;
    private final SalesforceClient client;
    private final PolledQuery query;
    private final Duration settleDelay;
    private final Duration lookBack;
    private final boolean extract;
    private Cursor expected;
    private Rows open;
    /** A job that will never give its rows. */
    private String lostJob;

    /** @param extract whether everything is given each time; else once, up to the end of the window */
    public BulkExtractSource(
            Jobs jobs,
            SalesforceClient client,
            PolledQuery query,
            Duration settleDelay,
            Duration lookBack,
            boolean extract) {
        this.jobs = jobs;
        this.client = client;
        this.query = query;
        this.settleDelay = settleDelay;
        this.lookBack = lookBack;
        this.extract = extract;
    }

    @Override
    public Future<Batch> next(Cursor cursor) {
        if (cursor.until() == null) {
            return client.clock().now().compose(now -> {
                Instant until = now.minus(settleDelay).truncatedTo(ChronoUnit.SECONDS);
                return start(cursor.window(until));
            });
        }
        if (cursor.load() == null) {
            return start(cursor);
        }
        if (open != null && cursor.equals(expected)) {
            return batch(cursor);
        }
        if (job(cursor).equals(lostJob)) {
            return start(cursor);
        }
        close();
        return jobs.rows(job(cursor))
                .compose(rows -> {
                    open = rows;
                    return skip(row(cursor));
                })
                .compose(skipped -> batch(cursor))
                // the poll fails all the same, so that the next job is made no sooner than the next poll
                .onFailure(failure -> lostJob = isGone(failure) ? job(cursor) : lostJob);
    }

    @Override
    public Instant horizon(Cursor cursor) {
        return cursor.until() == null ? cursor.from() : cursor.until().minus(lookBack);
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof NotFoundException
                || failure instanceof BulkJobException job
                        && ("Failed".equals(job.state()) || "Aborted".equals(job.state()));
    }

    private Future<Batch> start(Cursor cursor) {
        close();
        return statement(cursor)
                .compose(soql -> jobs.start(soql, query.includeDeleted()))
                // the position with the job is stored before the job is waited for
                .map(job -> new Batch(List.of(), cursor.load(job + ":0"), true));
    }

    private Future<String> statement(Cursor cursor) {
        if (query.soql() != null) {
            return Future.succeededFuture(query.soql().bind(cursor.from(), cursor.until()));
        }
        return client.metadata()
                .describe(query.sObject())
                .map(object -> QueryReader.bulk(query, object, extract ? null : cursor.until()));
    }

    private Future<Void> skip(int rows) {
        return rows == 0
                ? Future.succeededFuture()
                : open.next(Math.min(rows, ROWS))
                        .compose(some -> some.isEmpty() ? Future.succeededFuture() : skip(rows - some.size()));
    }

    private Future<Batch> batch(Cursor cursor) {
        return open.next(ROWS).onFailure(lost -> close()).map(rows -> {
            if (rows.isEmpty()) {
                close();
                return new Batch(List.of(), extract ? cursor.extracted() : cursor.closed(), false);
            }
            return batch(cursor, rows);
        });
    }

    private Batch batch(Cursor cursor, List<SObject> rows) {
        var records = new ArrayList<PolledRecord>(rows.size());
        Cursor after = cursor;
        int number = row(cursor);
        for (SObject row : rows) {
            after = after.load(job(cursor) + ':' + ++number);
            Instant stamp = FieldNames.value(row, query.watermarkField()) instanceof OffsetDateTime at
                    ? at.toInstant()
                    : cursor.until();
            String id = row.id() == null ? "row" + number : row.id();
            records.add(new PolledRecord(row, new Position(stamp, id), Changes.of(row, stamp, null, false), after));
        }
        expected = after;
        return new Batch(records, after, true);
    }

    private void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private static String job(Cursor cursor) {
        return cursor.load().substring(0, cursor.load().indexOf(':'));
    }

    private static int row(Cursor cursor) {
        return Integer.parseInt(cursor.load().substring(cursor.load().indexOf(':') + 1));
    }
}
