package org.sftoolkit.camel.bulk;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.BulkOptions;
import org.sftoolkit.camel.operation.JobWatch;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.transport.LogContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of a job without a thread: it checks the state after growing pauses. A failed check is repeated,
 * because it says nothing about the job.
 */
final class JobWait {

    private static final Logger LOG = LoggerFactory.getLogger(JobWait.class);
    private static final double GROWTH = 1.5;
    /** Answers in a row whose state is not a word that a job being worked on can have. */
    private static final int MOST_STRANGE = 10;

    private final BulkClient client;
    private final BulkKind kind;
    private final String id;
    private final BulkOptions options;
    private final OperationContext call;
    private final Consumer<JobInfo> heard;
    private final LogContext log;
    /** Questions in a row that may fail, each of which was repeated by itself already. */
    private final int mostFailures;

    private final long begin = System.nanoTime();
    private final Promise<JobInfo> ended = Promise.promise();
    private long pauseMillis;
    private int failures;
    private int strange;
    private JobInfo last;

    private JobWait(BulkKind kind, JobInfo job, OperationContext call, Consumer<JobInfo> heard) {
        this.client = new BulkClient(call.client());
        this.kind = kind;
        this.id = BulkClient.id(job);
        this.last = job;
        this.options = call.options().bulk();
        this.call = call;
        this.heard = heard;
        this.log = call.log().job(id);
        this.mostFailures = Math.max(2, 3 * call.retries().tries() - 2);
        this.pauseMillis = options.pollInterval().toMillis();
    }

    /**
     * The job when it has ended, however it ended. Fails with {@link BulkJobException} when {@code jobTimeout} is over, the
     * connection closes, or nothing is to be learnt of the job; the job itself is left alone then.
     *
     * <p>A job that has ended already is asked for too, unless its counts are known: answers to the creation and the close of
     * a job, and lists of jobs, have no counts, and without them nothing shows that all rows have come.
     *
     * @param heard of each answer, and of a job that has ended already
     */
    static Future<JobInfo> end(BulkKind kind, JobInfo job, OperationContext call, Consumer<JobInfo> heard) {
        if (job.ended() && job.counted()) {
            heard.accept(job);
            return Future.succeededFuture(job);
        }
        var wait = new JobWait(kind, job, call, heard);
        if (job.ended()) {
            wait.ask(Future.succeededFuture());
        } else {
            wait.pause();
        }
        return wait.ended.future();
    }

    /** The same, for a job that the call has not begun with: it is watched meanwhile. */
    static Future<JobInfo> watched(BulkKind kind, JobInfo job, OperationContext call, Consumer<JobInfo> heard) {
        if (job.ended()) {
            return end(kind, job, call, heard);
        }
        JobWatch.Watched watched = call.jobs().begin(job);
        return end(kind, job, call, heard.andThen(watched::now)).onComplete(done -> watched.end());
    }

    private void pause() {
        long left = left();
        if (left <= 0) {
            ended.tryFail(new BulkJobException(
                    "job " + id + " has not ended within jobTimeout="
                            + options.jobTimeout().toMillis()
                            + " ms and continues in Salesforce: wait for it with sftoolkit:bulkJob?action=results",
                    id,
                    last.state(),
                    false));
            return;
        }
        call.delays().after(Duration.ofMillis(Math.min(left, pauseMillis))).onComplete(this::ask);
        pauseMillis = Math.min(options.maxPollInterval().toMillis(), (long) (pauseMillis * GROWTH) + 1);
    }

    private long left() {
        return options.jobTimeout().isZero()
                ? Long.MAX_VALUE
                : options.jobTimeout().toMillis() - (System.nanoTime() - begin) / 1_000_000;
    }

    private void ask(AsyncResult<Void> waited) {
        if (waited.failed()) {
            ended.tryFail(stopped(waited.cause()));
        } else {
            call.stop().until(client.info(kind, id)).onComplete(this::answered);
        }
    }

    private BulkJobException stopped(Throwable cause) {
        return new BulkJobException(
                "the route was stopped while it waited for job " + id, id, last.state(), false, null, cause);
    }

    private void answered(AsyncResult<JobInfo> answer) {
        if (answer.succeeded()) {
            failures = 0;
            last = answer.result();
            heard.accept(last);
            strange = last.underWay() ? 0 : strange + 1;
            if (last.ended()) {
                ended.tryComplete(last);
            } else if (strange >= MOST_STRANGE) {
                ended.tryFail(unknown(last, "Salesforce gives its state as '" + last.state() + "'", null));
            } else {
                pause();
            }
        } else if (call.stop().given()) {
            ended.tryFail(stopped(answer.cause()));
        } else if (answer.cause() instanceof SfToolkitException known
                && known.retryable()
                && ++failures < mostFailures) {
            log.write(() -> LOG.debug("Job {}: {}", id, known.getMessage()));
            pause();
        } else {
            ended.tryFail(unknown(last, answer.cause().getMessage(), answer.cause()));
        }
    }

    /** What a question that fails for good means: the job's work must not be done again blindly. */
    static BulkJobException unknown(JobInfo job, @Nullable String why, @Nullable Throwable cause) {
        return new BulkJobException(
                "the result of job " + job.id() + " is unknown: " + why, job.id(), job.state(), false, null, cause);
    }
}
