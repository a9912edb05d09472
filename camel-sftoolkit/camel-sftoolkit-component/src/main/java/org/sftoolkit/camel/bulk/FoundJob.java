package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.jobs.StoredJob;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.OperationContext;

/**
 * Decides what becomes of the data of a job that an earlier process made. Data goes into another job only if it is certain that
 * the first one has not written and never will write a row.
 */
final class FoundJob {

    private final BulkClient client;
    private final StoredJob known;

    private FoundJob(OperationContext call, StoredJob known) {
        this.client = new BulkClient(call.client());
        this.known = known;
    }

    /** The job, if it processes its data or has done so; empty if its data must go into another job. */
    static Future<Optional<JobInfo>> look(OperationContext call, StoredJob known) {
        return new FoundJob(call, known).look();
    }

    private Future<Optional<JobInfo>> look() {
        return info().compose(job -> job.isPresent() && job.get().open()
                        ? client.abort(BulkKind.INGEST, known.id())
                                // it may have been closed meanwhile: only the job itself knows
                                .transform(aborted -> info())
                                .compose(this::requireNotOpen)
                        : Future.succeededFuture(job))
                .map(job -> job.filter(one -> !wroteNothing(one)));
    }

    private Future<Optional<JobInfo>> info() {
        return client.info(BulkKind.INGEST, known.id()).map(Optional::of).recover(failure -> {
            boolean gone = failure instanceof NotFoundException;
            if (gone && known.step() == StoredJob.Step.CREATED) {
                return Future.succeededFuture(Optional.empty());
            }
            return Future.failedFuture(
                    gone
                            ? unknown("Salesforce does not know it any more; jobs are kept for seven days", failure)
                            : failure);
        });
    }

    private Future<Optional<JobInfo>> requireNotOpen(Optional<JobInfo> job) {
        return job.isPresent() && job.get().open()
                ? Future.failedFuture(unknown("it is open and cannot be aborted", null))
                : Future.succeededFuture(job);
    }

    private BulkJobException unknown(String why, @Nullable Throwable cause) {
        return new BulkJobException(
                "what became of job " + known.id() + ", which an earlier start of this load made, is unknown: " + why
                        + ". Look what it has written, and load the rest under another loadName",
                known.id(),
                "Unknown",
                false,
                null,
                cause);
    }

    private static boolean wroteNothing(JobInfo job) {
        return job.ended() && !job.complete() && job.counted() && job.processed() == 0;
    }
}
