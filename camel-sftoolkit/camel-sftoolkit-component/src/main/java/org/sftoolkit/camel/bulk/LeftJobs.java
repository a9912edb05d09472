package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.PageChain;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.jobs.StoredJob;
import org.sftoolkit.camel.jobs.StoredJob.Kind;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.OperationContext;

/** Jobs that were left to run: how they stand, and their results. Thread-safe. */
public final class LeftJobs {

    /** The oldest version of the API that lists the pages of a query. */
    public static final double OLDEST_VERSION = 58.0;

    private final OperationContext call;
    private final BulkClient client;

    public LeftJobs(OperationContext call) {
        this.call = call;
        this.client = new BulkClient(call.client());
    }

    /** How a job stands. */
    public Future<JobInfo> info(StoredJob job) {
        return client.info(kind(job), job.id());
    }

    /** Whether a load lacks data, and so will not be processed or was aborted. */
    public static boolean wasNeverClosed(StoredJob job, JobInfo now) {
        boolean endedOpen = job.step() == StoredJob.Step.CREATED && now.ended() && !now.complete();
        return job.kind() == Kind.INGEST && (now.open() || endedOpen);
    }

    /** Aborts a job that was never closed. */
    public Future<JobInfo> abort(StoredJob job) {
        return client.abort(kind(job), job.id());
    }

    private static BulkKind kind(StoredJob job) {
        return job.kind() == Kind.INGEST ? BulkKind.INGEST : BulkKind.QUERY;
    }

    /**
     * The result of a job that has ended: a {@link BulkResult}; the rows of a query or of one page of it; the job itself, if it is a
     * query that failed and so has no rows.
     */
    public Future<Object> result(StoredJob job, JobInfo ended) {
        if (job.kind() == Kind.INGEST) {
            List<JobInfo> one = List.of(ended);
            return Future.succeededFuture(
                    new BulkResult(one, 0, part -> new JobRows(call, part, one, (of, row) -> true)));
        }
        if (!ended.complete()) {
            return Future.succeededFuture(ended);
        }
        var results = new QueryResults(ended, List.of(), call);
        return job.kind() == Kind.PAGE
                ? results.page(job.locator().isEmpty() ? null : job.locator()).map(rows -> rows)
                : results.rows().map(rows -> rows);
    }

    /** Locators of the pages of a query that has ended; fails for versions before {@link #OLDEST_VERSION}. */
    public Future<List<String>> pages(JobInfo query) {
        String id = BulkClient.id(query);
        return pages(id, null, new ArrayList<>(), new PageChain("lists of result pages of job " + id))
                .recover(failure -> failure instanceof RequestRejectedException
                        ? Future.failedFuture(new IllegalStateException(
                                "partition=true needs apiVersion=" + OLDEST_VERSION + " or later, which lists the"
                                        + " pages of a query: " + failure.getMessage(),
                                failure))
                        : Future.failedFuture(failure));
    }

    private Future<List<String>> pages(String query, @Nullable String from, List<String> locators, PageChain chain) {
        return client.resultPages(query, from).compose(list -> {
            locators.addAll(list.locators());
            if (list.next() == null) {
                return Future.succeededFuture(locators);
            }
            chain.follow(list.next(), list.locators().size());
            return pages(query, list.next(), locators, chain);
        });
    }
}
