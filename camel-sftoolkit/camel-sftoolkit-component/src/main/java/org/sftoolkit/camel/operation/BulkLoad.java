package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.camel.client.BulkClient;
import org.sftoolkit.camel.client.BulkKind;
import org.sftoolkit.camel.client.IngestOrder;
import org.sftoolkit.camel.client.StreamedInput;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.transport.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one part through one job: create, upload, close, wait.
 *
 * <p>What a lost answer means differs by step. A job that was made unseen holds no data and does nothing. A second upload
 * would break the job, so that one is given up and another made; nothing is processed before a job is closed, so no row comes
 * twice. Whether a job was closed is looked up.
 */
final class BulkLoad {

    private static final Logger LOG = LoggerFactory.getLogger(BulkLoad.class);
    private static final int UPLOADS = 4;
    private static final int LOOK_UPS = 4;

    private final Call call;
    private final BulkClient client;
    private final BulkOptions options;
    private final String object;
    /** Jobs that Salesforce waits for: to be given up when the route stops. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    private final Map<String, JobWatch.Watched> watched = new ConcurrentHashMap<>();
    private final Promise<Void> stopped = Promise.promise();

    BulkLoad(Call call, String object) {
        this.call = call;
        this.client = call.client().bulk();
        this.options = call.options().bulk();
        this.object = object;
    }

    /** A job for records of this kind, without data. */
    Future<JobInfo> create(BulkAction action) {
        return client.create(new IngestOrder(
                        object,
                        action.wireName(),
                        action == BulkAction.UPSERT ? call.options().externalIdField() : null,
                        call.options().jobAssignmentRule(),
                        options.delimiter().name(),
                        options.lineEnding().name()))
                .onSuccess(job -> {
                    watched.put(job.id(), call.jobs().begin(job));
                    heard(job, 0);
                });
    }

    /**
     * Loads a part. Completes when its job is closed, or has ended where the options say to wait; however it ended.
     *
     * @param prepared a job without data, or null
     */
    Future<JobInfo> load(BulkPart part, JobInfo prepared) {
        return attempt(part, prepared, 1);
    }

    private Future<JobInfo> attempt(BulkPart part, JobInfo prepared, int attempt) {
        Future<JobInfo> made = prepared == null ? create(part.action()) : Future.succeededFuture(prepared);
        return made.compose(job -> {
            open.add(job.id());
            return upload(job, part)
                    .onSuccess(done -> heard(job, "uploaded", 0, 0))
                    .transform(uploaded -> uploaded.succeeded()
                            ? close(job, 1)
                                    .compose(closed -> ended(job, closed))
                                    .onComplete(ended -> over(job.id(), ended.result()))
                            : givenUp(job)
                                    .onComplete(aborted -> over(job.id(), aborted.result()))
                                    .transform(aborted -> again(part, uploaded.cause(), attempt)));
        });
    }

    private Future<Void> upload(JobInfo job, BulkPart part) {
        return client.upload(
                job.id(),
                new Body.Stream(
                        "text/csv",
                        () -> new StreamedInput(new FileBlocks(part.file()), call.worker()::run),
                        part.bytes(),
                        true));
    }

    private Future<JobInfo> again(BulkPart part, Throwable failure, int attempt) {
        if (!lost(failure) || attempt >= UPLOADS) {
            return Future.failedFuture(failure);
        }
        call.log().write(() -> LOG.debug("An upload was lost, and goes to another job: {}", failure.getMessage()));
        return call.delays()
                .after(Duration.ofMillis(200L << attempt))
                .recover(stopped -> Future.failedFuture(failure))
                .compose(waited -> attempt(part, null, attempt + 1));
    }

    private static boolean lost(Throwable failure) {
        return failure instanceof TransportException
                || failure instanceof ServerException
                || failure instanceof UnreadableResponseException;
    }

    /** Aborts a job that holds nothing or half of something; one that cannot be aborted stays open and does nothing. */
    private Future<JobInfo> givenUp(JobInfo job) {
        open.remove(job.id());
        return client.abort(BulkKind.INGEST, job.id()).onFailure(e -> call.log()
                .job(job.id())
                .write(() -> LOG.warn(
                        "Bulk job {} could not be aborted; it stays open without being processed, and Salesforce"
                                + " removes it after seven days: {}",
                        job.id(),
                        e.getMessage())));
    }

    private Future<JobInfo> close(JobInfo job, int attempt) {
        return client.close(job.id()).recover(failure -> {
            boolean settled = failure instanceof RequestRejectedException
                    || !(failure instanceof SfToolkitException)
                    || attempt >= LOOK_UPS;
            return settled
                    ? Future.failedFuture(failure)
                    : client.info(BulkKind.INGEST, job.id())
                            // nobody knows whether the job runs: only the failure of the close says so
                            .recover(alsoFailed -> Future.failedFuture(failure))
                            .compose(now -> now.open() ? close(job, attempt + 1) : Future.succeededFuture(now));
        });
    }

    private Future<JobInfo> ended(JobInfo job, JobInfo closed) {
        open.remove(job.id());
        heard(closed, 0);
        if (!options.await()) {
            return Future.succeededFuture(closed);
        }
        // the answer to the close has no counters, however quickly the job came to its end
        return closed.ended()
                ? client.info(BulkKind.INGEST, job.id())
                        .recover(failure -> Future.failedFuture(JobWait.unknown(closed, failure)))
                : JobWait.end(BulkKind.INGEST, closed, call, now -> heard(now, now.processed()), stopped.future());
    }

    /** Aborts the jobs that are not closed yet, and waits for no other any longer. */
    Future<Void> stop() {
        stopped.tryComplete();
        var aborted = open.stream()
                .map(id -> (Future<?>) client.abort(BulkKind.INGEST, id))
                .toList();
        return aborted.isEmpty()
                ? Future.succeededFuture()
                : Future.join(aborted).mapEmpty();
    }

    /** No job is worked on any longer, such as one that was prepared and not needed. */
    void end() {
        watched.keySet().forEach(id -> over(id, null));
    }

    private void over(String id, JobInfo last) {
        JobWatch.Watched job = watched.remove(id);
        if (job != null && last != null) {
            job.now(last);
        }
        if (job != null) {
            job.end();
        }
    }

    private void heard(JobInfo job, long done) {
        JobWatch.Watched seen = watched.get(job.id());
        if (seen != null) {
            seen.now(job);
        }
        heard(job, job.state(), done, job.failed());
    }

    private void heard(JobInfo job, String step, long done, long failed) {
        call.progress().progressed(new Progress("bulk", object, done, failed, null, job.id(), step));
    }
}
