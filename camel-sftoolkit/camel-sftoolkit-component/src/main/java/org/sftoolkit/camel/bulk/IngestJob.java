package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.StreamedInput;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.jobs.StoredJob;
import org.sftoolkit.camel.jobs.StoredJob.Step;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.BulkOptions;
import org.sftoolkit.camel.operation.JobWatch;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one part through one job: create, upload, close, wait, count.
 *
 * <p>What a lost answer means differs by step. A job that was made unseen holds no data and does nothing. A second upload
 * would break the job, so that one is aborted and another made; nothing is processed before a job is closed, so no row comes
 * twice. Whether a job was closed is looked up, and is never assumed.
 */
public final class IngestJob {

    /** A job that waits for data, and who sees it. */
    public record Made(JobInfo job, JobWatch.Watched watched) {

        String id() {
            return BulkClient.id(job);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(IngestJob.class);
    private static final int ABORTS = 3;

    private final OperationContext call;
    private final BulkClient client;
    private final BulkOptions options;
    private final String object;
    private final BulkPart part;
    private final LoadJournal journal;
    private final String key;
    /** An upload and a close may be lost once, even if the connection repeats nothing. */
    private final int tries;

    /**
     * @param journal where the job is written down
     * @param key     of the part in the journal
     */
    public IngestJob(OperationContext call, String object, BulkPart part, LoadJournal journal, String key) {
        this.call = call;
        this.client = new BulkClient(call.client());
        this.options = call.options().bulk();
        this.object = object;
        this.part = part;
        this.journal = journal;
        this.key = key;
        this.tries = Math.max(2, call.retries().tries());
    }

    /** Makes a job for records of this kind, without data. */
    public static Future<Made> create(OperationContext call, String object, BulkAction action) {
        BulkOptions options = call.options().bulk();
        return new BulkClient(call.client())
                .create(new IngestOrder(
                        object,
                        action.wireName(),
                        action == BulkAction.UPSERT ? call.options().requiredExternalIdField() : null,
                        call.options().jobAssignmentRule(),
                        options.delimiter().name(),
                        options.lineEnding().name()))
                .map(job -> {
                    var made = new Made(job, call.jobs().begin(job));
                    call.progress()
                            .progressed(new Progress("bulk", object, 0, job.failed(), null, job.id(), job.state()));
                    return made;
                });
    }

    /**
     * Loads the part. Completes when its job is closed, or, if the options say to wait, when it has ended in any
     * state.
     *
     * @param prepared a job without data, or null
     */
    public Future<JobInfo> load(@Nullable Made prepared) {
        return journal.digest(part).compose(digest -> journal.found(key, part, digest)
                .compose(found -> found.isPresent() ? takeOver(found.get(), digest) : attempt(prepared, digest, 1)));
    }

    /** An earlier process has made and closed the job. */
    private Future<JobInfo> takeOver(JobInfo job, String digest) {
        var made = new Made(job, call.jobs().begin(job));
        return journal.put(stored(made, digest).at(Step.CLOSED))
                .compose(written -> followed(made, job))
                .onComplete(done -> made.watched().end());
    }

    private Future<JobInfo> attempt(@Nullable Made prepared, String digest, int attempt) {
        Future<Made> made = prepared == null ? create(call, object, part.action()) : Future.succeededFuture(prepared);
        return made.compose(job -> journal.put(stored(job, digest))
                .compose(written -> upload(job))
                .transform(uploaded -> uploaded.succeeded()
                        ? closed(job, digest)
                        : abort(call, job).transform(aborted -> again(uploaded.cause(), digest, attempt))));
    }

    private StoredJob stored(Made made, String digest) {
        return StoredJob.created(key, made.id(), part.rows(), digest);
    }

    private Future<JobInfo> closed(Made made, String digest) {
        heard(made, made.job(), "uploaded", 0);
        return journal.put(stored(made, digest).at(Step.CLOSING))
                .compose(written -> close(made.job(), 1))
                .compose(now ->
                        journal.put(stored(made, digest).at(Step.CLOSED)).compose(written -> followed(made, now)))
                .onComplete(done -> made.watched().end());
    }

    private Future<JobInfo> followed(Made made, JobInfo closed) {
        return ended(made, closed)
                .onSuccess(last -> {
                    if (last.ended()) {
                        journal.ended(key);
                    }
                })
                .compose(this::requireAllRows)
                .onSuccess(last -> made.watched().now(last))
                .onComplete(done -> made.watched().end());
    }

    private Future<Void> upload(Made made) {
        JobInfo job = made.job();
        if (call.stop().given()) {
            return Future.failedFuture(StopSignal.failure());
        }
        heard(made, job, "uploading", 0);
        PartContent.Blocks blocks = part.content().blocks();
        Callable<Buffer> unlessStopped = () -> {
            if (call.stop().given()) {
                throw new IOException("the route was stopped");
            }
            return blocks.next();
        };
        return call.stop()
                .until(client.upload(
                        made.id(),
                        new Body.Stream(
                                "text/csv",
                                () -> new StreamedInput(unlessStopped, call.worker()::run),
                                part.content().bytes(),
                                true)))
                .recover(failure -> {
                    IOException unread = blocks.failure();
                    return Future.failedFuture(unread == null ? failure : unreadable(unread));
                });
    }

    private static InvalidBodyException unreadable(IOException cause) {
        return new InvalidBodyException(
                "the body cannot be read a second time, to be uploaded: " + cause.getMessage()
                        + ". No row of this job was loaded",
                cause);
    }

    private Future<JobInfo> again(Throwable failure, String digest, int attempt) {
        if (!lost(failure) || attempt >= tries || call.stop().given()) {
            return Future.failedFuture(failure);
        }
        call.log().write(() -> LOG.debug("An upload failed and is repeated in another job: {}", failure.getMessage()));
        return call.delays()
                .after(call.retries().backOff(attempt))
                .recover(stopped -> Future.failedFuture(failure))
                .compose(waited -> attempt(null, digest, attempt + 1));
    }

    private static boolean lost(Throwable failure) {
        return failure instanceof TransportException
                || failure instanceof ServerException
                || failure instanceof UnreadableResponseException;
    }

    /** Aborts a job that was not closed. One that cannot be aborted is named in the log: it stays open and does nothing. */
    public static Future<JobInfo> abort(OperationContext call, Made made) {
        return abort(call, made.job(), 1)
                .onSuccess(aborted -> made.watched().now(aborted))
                .onComplete(done -> made.watched().end())
                .onFailure(e -> call.log()
                        .job(made.id())
                        .write(() -> LOG.warn(
                                "Bulk job {} could not be aborted. It stays open and unprocessed until Salesforce"
                                        + " removes it after seven days: {}",
                                made.id(),
                                e.getMessage())));
    }

    // at once, and without the pauses that a stop ends
    private static Future<JobInfo> abort(OperationContext call, JobInfo job, int attempt) {
        return new BulkClient(call.client())
                .abort(BulkKind.INGEST, BulkClient.id(job))
                .recover(failure -> lost(failure) && attempt < ABORTS
                        ? abort(call, job, attempt + 1)
                        : Future.failedFuture(failure));
    }

    private Future<JobInfo> close(JobInfo job, int attempt) {
        return client.close(BulkClient.id(job)).recover(failure -> client.info(BulkKind.INGEST, BulkClient.id(job))
                .recover(alsoFailed -> Future.failedFuture(unknown(job, failure)))
                .compose(now -> {
                    boolean refused = failure instanceof RequestRejectedException;
                    if (!now.open()) {
                        return Future.succeededFuture(now);
                    }
                    return attempt < tries && !(refused && attempt == 1)
                            ? close(job, attempt + 1)
                            : notClosed(job, failure, refused && attempt == 1);
                }));
    }

    /** A job that stays open is aborted, so that no row of it is written later. */
    private Future<JobInfo> notClosed(JobInfo job, Throwable failure, boolean never) {
        return abort(call, job, 1)
                .transform(aborted -> Future.failedFuture(
                        never && aborted.succeeded()
                                ? failure
                                : unknown(aborted.succeeded() ? aborted.result() : job, failure)));
    }

    private static BulkJobException unknown(JobInfo job, Throwable cause) {
        return new BulkJobException(
                "it is unknown whether job " + job.id() + " was closed and will be processed. Its last known state is "
                        + job.state()
                        + ". Check it with sftoolkit:bulkJob?action=info before you load its records again: "
                        + cause.getMessage(),
                job.id(),
                job.state(),
                false,
                null,
                cause);
    }

    private Future<JobInfo> ended(Made made, JobInfo closed) {
        heard(made, closed, closed.state(), 0);
        if (!options.await()) {
            return Future.succeededFuture(closed);
        }
        return JobWait.end(BulkKind.INGEST, closed, call, now -> heard(made, now, now.state(), now.processed()));
    }

    /** Every row that was sent was processed, or is named as not processed. */
    private Future<JobInfo> requireAllRows(JobInfo job) {
        if (!job.complete() || !options.await() || job.counted() && job.processed() == part.rows()) {
            return Future.succeededFuture(job);
        }
        return call.worker()
                .run(() -> {
                    try (var rows = new JobRows(call, BulkResult.Part.UNPROCESSED, List.of(job), (of, row) -> true)) {
                        long unprocessed = 0;
                        while (rows.hasNext()) {
                            rows.next();
                            unprocessed++;
                        }
                        return unprocessed;
                    }
                })
                .recover(failure -> Future.failedFuture(JobWait.unknown(job, failure.getMessage(), failure)))
                .compose(unprocessed -> job.counted() && job.processed() + unprocessed == part.rows()
                        ? Future.succeededFuture(job)
                        : Future.failedFuture(JobWait.unknown(
                                job,
                                part.rows() + " rows were sent, but the job reports "
                                        + (job.counted() ? job.processed() : "an unknown number of")
                                        + " processed and " + unprocessed + " unprocessed rows",
                                null)));
    }

    private void heard(Made made, JobInfo job, String step, long done) {
        made.watched().now(job);
        call.progress().progressed(new Progress("bulk", object, done, job.failed(), part.rows(), job.id(), step));
    }
}
