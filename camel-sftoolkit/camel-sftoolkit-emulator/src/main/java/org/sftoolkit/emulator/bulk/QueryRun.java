package org.sftoolkit.emulator.bulk;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.soql.SoqlException;

/** Runs the statement of one job and writes its rows to disk. */
final class QueryRun implements JobRun {

    private final QueryJob job;
    private final Org org;
    private final BulkFolder folder;
    private final ComputedRows computed;

    /** @param computed the rows to give; null for those of the org */
    QueryRun(QueryJob job, Org org, BulkFolder folder, ComputedRows computed) {
        this.job = job;
        this.org = org;
        this.folder = folder;
        this.computed = computed;
    }

    @Override
    public BulkJob job() {
        return job;
    }

    @Override
    public synchronized boolean step() {
        if (job.state() == JobState.UPLOAD_COMPLETE) {
            job.become(JobState.IN_PROGRESS, org.clock().instant());
        } else if (job.state() == JobState.IN_PROGRESS) {
            run();
        }
        return job.state().terminal();
    }

    @Override
    public synchronized void abort() {
        if (job.state().terminal()) {
            throw BulkRefusedException.invalidState("Aborting already Completed Job not allowed");
        }
        job.become(JobState.ABORTED, org.clock().instant());
    }

    private void run() {
        try {
            Iterator<List<String>> rows = computed == null ? job.rows().rows() : computed.iterator();
            ResultPages pages = ResultPages.write(
                    folder.fresh("query.csv"), job.order(), job.rows().columns(), rows);
            job.results(pages);
            job.addProcessed(pages.rows());
            job.become(JobState.JOB_COMPLETE, org.clock().instant());
        } catch (SoqlException e) {
            job.fail(e.errorCode() + " : " + e.getMessage(), org.clock().instant());
        } catch (IOException | RuntimeException e) {
            job.fail("Unknown : " + e, org.clock().instant());
        }
    }
}
