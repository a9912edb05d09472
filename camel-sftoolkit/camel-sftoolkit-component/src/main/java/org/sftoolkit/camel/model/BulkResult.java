package org.sftoolkit.camel.model;

import java.io.Closeable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The result of a bulk load: its jobs, their counts, and their rows, which are requested when they are read.
 * Thread-safe.
 *
 * <p>Closing it closes all opened rows; the end of the exchange closes it too.
 */
public final class BulkResult implements Closeable {

    /** Which of a job's rows. */
    public enum Part {
        SUCCESSFUL,
        FAILED,
        UNPROCESSED
    }

    /** Opens rows of a result. */
    @FunctionalInterface
    public interface Source {

        /** The rows of all jobs, in the order of the jobs. */
        BulkRows open(Part part);
    }

    private final List<JobInfo> jobs;
    private final long resent;
    private final List<BulkRow> refused;
    private final Source source;
    private final Queue<BulkRows> opened = new ConcurrentLinkedQueue<>();

    /**
     * @param jobs   as they ended
     * @param resent rows that failed in one job and were sent again in a later one
     * @param source of the rows
     */
    public BulkResult(List<JobInfo> jobs, long resent, Source source) {
        this(jobs, resent, List.of(), source);
    }

    /**
     * @param jobs as they ended
     * @param resent rows that failed in one job and were sent again in a later one
     * @param refused records that cannot be written and are in no job
     * @param source of the rows of the jobs
     */
    public BulkResult(List<JobInfo> jobs, long resent, List<BulkRow> refused, Source source) {
        this.jobs = List.copyOf(jobs);
        this.resent = resent;
        this.refused = List.copyOf(refused);
        this.source = source;
    }

    /**
     * The jobs, in the order of the input; jobs for rows that were sent again come last. One without an id stands for rows that were sent
     * through REST, or, with {@code dryRun}, for a job that would be made.
     */
    public List<JobInfo> jobs() {
        return jobs;
    }

    /** Ids of the jobs. */
    public List<String> jobIds() {
        return jobs.stream().map(JobInfo::id).filter(Objects::nonNull).toList();
    }

    /** Records processed, refused ones included, also those that were refused before they were sent. */
    public long processedCount() {
        return jobs.stream().mapToLong(JobInfo::processed).sum() - resent + refused.size();
    }

    /** Records refused, those not counted that were sent again. */
    public long failedCount() {
        return jobs.stream().mapToLong(JobInfo::failed).sum() - resent + refused.size();
    }

    /** Records written. */
    public long succeededCount() {
        return processedCount() - failedCount();
    }

    /** Rows that were written. */
    public BulkRows successful() {
        return open(Part.SUCCESSFUL);
    }

    /** Rows that were refused, with the reason; those first that were not even sent, since they cannot be written. */
    public BulkRows failed() {
        return refused.isEmpty() ? open(Part.FAILED) : new RefusedFirst(refused.iterator(), open(Part.FAILED));
    }

    private static final class RefusedFirst extends BulkRows {

        private final Iterator<BulkRow> refused;
        private final BulkRows rest;

        RefusedFirst(Iterator<BulkRow> refused, BulkRows rest) {
            this.refused = refused;
            this.rest = rest;
        }

        @Override
        protected @Nullable BulkRow read() {
            return refused.hasNext() ? refused.next() : rest.read();
        }

        @Override
        public void close() {
            rest.close();
        }
    }

    /** Rows that no job came to look at. */
    public BulkRows unprocessed() {
        return open(Part.UNPROCESSED);
    }

    private BulkRows open(Part part) {
        BulkRows rows = source.open(part);
        opened.add(rows);
        return rows;
    }

    @Override
    public void close() {
        for (BulkRows rows = opened.poll(); rows != null; rows = opened.poll()) {
            rows.close();
        }
    }

    @Override
    public String toString() {
        return "BulkResult[jobs=" + jobIds() + ", processed=" + processedCount() + ", failed=" + failedCount() + "]";
    }
}
