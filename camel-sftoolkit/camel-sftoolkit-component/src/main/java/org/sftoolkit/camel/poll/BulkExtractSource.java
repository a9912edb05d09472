package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.StopSignal;

/**
 * Everything that a bulk query gives: as an extract each time, or once as the load before a consumer follows the changes. The
 * instant from which they are followed is taken before the job is made, so that nothing falls between. The position holds the job
 * and the row within it: a restart reads the same job on, and makes a new one only if that is gone.
 */
public final class BulkExtractSource implements PollSource {

    private static final int ROWS = 2_000;

    /** Runs query jobs. */
    public interface Jobs {

        /** Makes a job; answers its id. */
        Future<String> start(String soql, boolean includeDeleted);

        /**
         * The rows of a job from its begin, when it has ended.
         *
         * @param unwanted ends the wait for that
         */
        Future<Rows> rows(String jobId, StopSignal unwanted);

        /** Nobody will read this job, which was just made. */
        void abandon(String jobId);
    }

    /** What a job is to read. */
    public interface Statement {

        /** The statement for a window; it begins at null if there is no bound. */
        Future<String> of(@Nullable Instant from, Instant until);
    }

    /** Rows of a job. */
    public interface Rows {

        /** The next rows, at most so many; empty behind the last. */
        Future<List<SObject>> next(int most);

        /** No more are wanted. */
        void close();
    }

    private final Jobs jobs;
    private final Supplier<Future<Instant>> clock;
    private final Statement statement;
    private final PolledQuery query;
    private final Duration settleDelay;
    private final Duration lookBack;
    private final boolean extract;
    /** A job that will never give its rows. */
    private volatile @Nullable String lostJob;

    /**
     * @param clock     of the org
     * @param statement what a job is to read for a window
     * @param extract   whether everything is given each time; else once, up to the end of the window
     */
    public BulkExtractSource(
            Jobs jobs,
            Supplier<Future<Instant>> clock,
            Statement statement,
            PolledQuery query,
            Duration settleDelay,
            Duration lookBack,
            boolean extract) {
        this.jobs = jobs;
        this.clock = clock;
        this.statement = statement;
        this.query = query;
        this.settleDelay = settleDelay;
        this.lookBack = lookBack;
        this.extract = extract;
    }

    @Override
    public Reading read(Cursor place) {
        return new Extract(place);
    }

    @Override
    public @Nullable Instant horizon(Cursor cursor) {
        return cursor.until() == null ? cursor.from() : cursor.until().minus(lookBack);
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof NotFoundException gone && gone.saidBySalesforce()
                || failure instanceof BulkJobException job
                        && ("Failed".equals(job.state()) || "Aborted".equals(job.state()));
    }

    private static String job(String load) {
        return load.substring(0, load.indexOf(':'));
    }

    private static int row(String load) {
        return Integer.parseInt(load.substring(load.indexOf(':') + 1));
    }

    /** Makes a job, or reads on in the one of its place. */
    private final class Extract implements Reading {

        private Cursor cursor;
        private @Nullable Rows rows;
        private final StopSignal unwanted = new StopSignal();

        private Extract(Cursor place) {
            cursor = place;
        }

        @Override
        public Future<Batch> next() {
            Instant until = cursor.until();
            if (until == null) {
                return clock.get().compose(now -> {
                    Instant end = now.minus(settleDelay).truncatedTo(ChronoUnit.SECONDS);
                    cursor = cursor.window(end);
                    return start(end);
                });
            }
            String load = cursor.load();
            if (load == null || job(load).equals(lostJob)) {
                return start(until);
            }
            if (rows != null) {
                return batch(rows, load, until);
            }
            return jobs.rows(job(load), unwanted)
                    .compose(opened -> {
                        rows = opened;
                        if (unwanted.given()) {
                            close();
                            throw new IllegalStateException("the reading was given up");
                        }
                        return skip(opened, row(load)).compose(skipped -> batch(opened, load, until));
                    })
                    // the poll fails all the same, so that the next job is made no sooner than the next poll
                    .onFailure(failure -> lostJob = isGone(failure) ? job(load) : lostJob);
        }

        private Future<Batch> start(Instant until) {
            return statement
                    .of(cursor.from(), until)
                    .compose(soql -> jobs.start(soql, query.includeDeleted()))
                    // the position with the job is stored before the job is waited for
                    .map(job -> {
                        if (unwanted.given()) {
                            jobs.abandon(job);
                            throw new IllegalStateException("the reading was given up");
                        }
                        cursor = cursor.load(job + ":0");
                        return Batch.step(cursor);
                    });
        }

        private static Future<Void> skip(Rows of, int number) {
            return number == 0
                    ? Future.succeededFuture()
                    : of.next(Math.min(number, ROWS))
                            .compose(
                                    some -> some.isEmpty() ? Future.succeededFuture() : skip(of, number - some.size()));
        }

        private Future<Batch> batch(Rows from, String load, Instant until) {
            return from.next(ROWS).map(some -> {
                if (some.isEmpty()) {
                    return new Batch(List.of(), extract ? cursor.extracted() : cursor.closed(), false);
                }
                return batch(some, load, until);
            });
        }

        private Batch batch(List<SObject> some, String load, Instant until) {
            var records = new ArrayList<PolledRecord>(some.size());
            int number = row(load);
            for (SObject row : some) {
                cursor = cursor.load(job(load) + ':' + ++number);
                Instant stamp = FieldNames.value(row, query.watermarkField()) instanceof OffsetDateTime at
                        ? at.toInstant()
                        : until;
                String id = row.id() == null ? "row" + number : row.id();
                records.add(
                        new PolledRecord(row, new Position(stamp, id), Changes.of(row, stamp, null, false), cursor));
            }
            return new Batch(records, cursor, true);
        }

        @Override
        public synchronized void close() {
            unwanted.give();
            if (rows != null) {
                rows.close();
            }
        }
    }
}
