package org.sftoolkit.emulator.bulk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.sftoolkit.emulator.soql.FlatRows;

/** A job that reads rows. */
public final class QueryJob extends BulkJob {

    private final boolean withDeleted;
    private final FlatRows rows;
    private ResultPages pages;

    QueryJob(String id, Order order, boolean withDeleted, FlatRows rows, Instant now) {
        super(id, order, JobState.UPLOAD_COMPLETE, now);
        this.withDeleted = withDeleted;
        this.rows = rows;
    }

    @Override
    public String jobType() {
        return "V2Query";
    }

    @Override
    public String operation() {
        return withDeleted ? "queryAll" : "query";
    }

    FlatRows rows() {
        return rows;
    }

    synchronized void results(ResultPages written) {
        pages = written;
    }

    /** Null before the job is complete. */
    synchronized ResultPages results() {
        return pages;
    }

    @Override
    synchronized List<Path> files() {
        return Arrays.asList(pages == null ? null : pages.file());
    }
}
