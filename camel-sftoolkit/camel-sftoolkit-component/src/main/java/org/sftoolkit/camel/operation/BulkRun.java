package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;

/** One load: parts of an input, each through a job of its own, some at a time; and what they came to. */
final class BulkRun {

    private record Done(int part, JobInfo job) {}

    private final Call call;
    private final BulkParts parts;
    private final BulkLoad load;
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private JobInfo prepared;

    BulkRun(Call call, String object, BulkParts parts) {
        this.call = call;
        this.parts = parts;
        this.load = new BulkLoad(call, object);
    }

    /** Makes the first job before anything is read: for a caller who has another way where no job is to be had. */
    Future<Void> prepare(BulkAction action) {
        return load.create(action).map(job -> {
            prepared = job;
            return null;
        });
    }

    Future<Outcome> run() {
        return Fanout.run(() -> call.worker().run(parts::next), call.options().concurrency(), this::load)
                .eventually(() -> call.worker().run(this::closeInput))
                .recover(this::failed)
                .compose(loaded -> outcome());
    }

    private Void closeInput() throws Exception {
        parts.close();
        return null;
    }

    private Future<?> load(BulkPart part) {
        return load.load(part, takePrepared(part))
                .onSuccess(job -> done.add(new Done(part.number(), job)))
                .compose(BulkRun::requireComplete)
                .eventually(() -> call.worker().run(() -> {
                    part.remove();
                    return null;
                }));
    }

    private synchronized JobInfo takePrepared(BulkPart part) {
        JobInfo first = prepared;
        boolean fits = first != null && part.action().wireName().equals(first.operation());
        prepared = fits ? null : prepared;
        return fits ? first : null;
    }

    private static Future<JobInfo> requireComplete(JobInfo job) {
        if (!job.ended() || job.complete()) {
            return Future.succeededFuture(job);
        }
        String reason = job.errorMessage() == null ? "" : ": " + job.errorMessage();
        return Future.failedFuture(new BulkJobException(
                "bulk job " + job.id() + " on " + job.object() + " ended as " + job.state() + reason,
                job.id(),
                job.state(),
                false));
    }

    private Future<Outcome> outcome() {
        if (!call.options().bulk().await()) {
            return Future.succeededFuture(Outcome.of(jobs(), headers()));
        }
        BulkResult result = result();
        Map<OutcomeHeader, Object> headers = headers();
        headers.put(OutcomeHeader.SUCCEEDED, result.succeededCount());
        headers.put(OutcomeHeader.FAILED, result.failedCount());
        return Future.succeededFuture(Outcome.of(result, headers));
    }

    private Map<OutcomeHeader, Object> headers() {
        var headers = new HashMap<OutcomeHeader, Object>();
        List<String> ids = jobs().stream().map(JobInfo::id).toList();
        headers.put(OutcomeHeader.JOB_ID, ids.size() == 1 ? ids.get(0) : ids.isEmpty() ? null : ids);
        return headers;
    }

    private List<JobInfo> jobs() {
        var all = new ArrayList<>(done);
        all.sort(Comparator.comparingInt(Done::part));
        return all.stream().map(Done::job).toList();
    }

    private BulkResult result() {
        List<JobInfo> jobs = jobs();
        return new BulkResult(jobs, 0, part -> new JobRows(call.client().bulk(), part, jobs, row -> true));
    }

    /** Once a job was closed, the exchange cannot be repeated as it is, whatever the failure; and its rows are to be had. */
    private <T> Future<T> failed(Throwable cause) {
        if (done.isEmpty()) {
            return Future.failedFuture(cause);
        }
        String others =
                " (jobs of this load: " + jobs().stream().map(JobInfo::id).toList() + ")";
        Optional<BulkJobException> known = cause instanceof BulkJobException job ? Optional.of(job) : Optional.empty();
        return Future.failedFuture(new BulkJobException(
                cause.getMessage() + (jobs().size() > 1 || known.isEmpty() ? others : ""),
                known.map(BulkJobException::jobId).orElse(null),
                known.map(BulkJobException::state).orElse("Incomplete"),
                false,
                result(),
                known.isPresent() && !(cause.getCause() instanceof SfToolkitException) ? cause.getCause() : cause));
    }

    Future<Void> stop() {
        return load.stop();
    }
}
