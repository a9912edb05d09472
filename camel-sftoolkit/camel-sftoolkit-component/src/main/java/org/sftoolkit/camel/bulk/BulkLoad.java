package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.sftoolkit.camel.error.BulkJobException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One load: parts of an input, each through a job of its own, some at a time; and what they came to. */
final class BulkLoad {

    private static final Logger LOG = LoggerFactory.getLogger(BulkLoad.class);

    private record Done(int part, JobInfo job) {}

    private final OperationContext call;
    private final BulkParts parts;
    private final BulkRecords records;
    private final String object;
    /** Jobs whose rows were sent again in another job, if that could help. */
    private final Set<String> retried = ConcurrentHashMap.newKeySet();

    private final LoadWithoutJobs withoutJobs;
    /** Writes nothing before the load has begun. */
    private LoadJournal journal;

    private int rounds;
    private final boolean matched;
    private final Map<String, RowPlaces> places = new ConcurrentHashMap<>();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private volatile long resent;

    /**
     * @param records makes rows of records, and knows which cannot be sent
     * @param rest writes rows for which the org has no job
     */
    BulkLoad(
            OperationContext call, String object, BulkParts parts, BulkRecords records, BulkOperation.RestWriter rest) {
        this.call = call;
        this.journal = LoadJournal.none(call);
        this.withoutJobs = new LoadWithoutJobs(call, object, rest);
        this.parts = parts;
        this.records = records;
        this.object = object;
        this.matched = call.options().bulk().matchRows();
    }

    Future<Outcome> run() {
        boolean left = !call.options().bulk().await();
        return LoadJournal.begin(call, "bulk", object, left)
                // nothing was read yet
                .onFailure(refused -> new PartSource(call, parts).close())
                .compose(begun -> {
                    journal = begun;
                    return begun.over(this::loaded);
                });
    }

    private Future<Outcome> loaded() {
        return call.stop()
                .awaited(round(parts, 0)
                        .compose(loaded -> retries(
                                call.options().records().writing().rowRetries().maxRetries()))
                        .recover(this::failed)
                        .compose(loaded -> outcome()));
    }

    private Future<Void> round(BulkParts some, int before) {
        int number = ++rounds;
        var source = new PartSource(call, some);
        return Fanout.run(
                        source,
                        call.options().concurrency(),
                        call.stop(),
                        part -> load(part, before, number + "-" + part.number()))
                .eventually(source::close);
    }

    /** Sends rows again, in further jobs, that failed for a reason that passes. */
    private Future<Void> retries(int left) {
        List<JobInfo> jobs = jobs().stream()
                .filter(job -> job.id() != null && job.complete() && job.failed() > 0 && !retried.contains(job.id()))
                .toList();
        if (left <= 0 || jobs.isEmpty()) {
            return Future.succeededFuture();
        }
        var rows = new JobRows(
                call,
                BulkResult.Part.FAILED,
                jobs,
                (job, row) -> row.retryable(),
                job -> places(job, BulkResult.Part.FAILED));
        var originals = new ArrayList<Integer>();
        var failed = new Iterator<SourceRecord>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public SourceRecord next() {
                BulkRow row = rows.next();
                if (matched) {
                    originals.add(row.index());
                }
                return SourceRecord.of(row.record());
            }
        };
        if (matched) {
            records.again(originals::get);
        }
        var again = new RecordParts(Records.streamed(failed, rows), call.options(), records);
        Duration pause = call.options().records().writing().rowRetries().delay();
        return call.delays()
                .after(pause)
                .compose(waited -> round(again, done.size()))
                .compose(loaded -> {
                    jobs.forEach(job -> retried.add(BulkClient.id(job)));
                    resent += again.read();
                    return again.read() == 0 ? Future.succeededFuture() : retries(left - 1);
                });
    }

    private Future<?> load(BulkPart part, int before, String key) {
        if (call.options().dryRun()) {
            done.add(new Done(before + part.number(), planned(part)));
            return PartSource.remove(call, part);
        }
        if (journal.goesAlone(key)) {
            return PartSource.remove(call, part);
        }
        return call.traced(
                        "bulk job", part.rows(), inner -> new IngestJob(inner, object, part, journal, key).load(null))
                .recover(failure -> withoutJobs.instead(part, failure, () -> records.takePlaces(part.number())))
                .onSuccess(job -> {
                    RowPlaces rows = records.takePlaces(part.number());
                    if (rows != null) { // those of rows that went through REST were taken with their results
                        places.put(BulkClient.id(job), rows);
                    }
                    done.add(new Done(before + part.number(), job));
                })
                .compose(BulkLoad::requireComplete)
                .eventually(() -> PartSource.remove(call, part));
    }

    /** The job that would load a part. It has no Id. */
    private JobInfo planned(BulkPart part) {
        call.progress().progressed(new Progress("bulk", object, part.rows(), 0, null, null, "planned"));
        return LoadWithoutJobs.standIn(call, object, part, "DryRun", part.rows(), 0);
    }

    private static Future<JobInfo> requireComplete(JobInfo job) {
        if (!job.ended() || job.complete()) {
            return Future.succeededFuture(job);
        }
        String reason = job.errorMessage() == null ? "" : ": " + job.errorMessage();
        return Future.failedFuture(new BulkJobException(
                "bulk job " + job.id() + " on " + job.object() + " ended as " + job.state() + reason,
                BulkClient.id(job), // what stands for a job is complete
                job.state(),
                false));
    }

    private Future<Outcome> outcome() {
        if (!call.options().bulk().await()) {
            return Future.succeededFuture(Outcome.of(jobs(), notSent()));
        }
        BulkResult result = result();
        Map<OutcomeHeader, Object> headers = headers();
        headers.put(OutcomeHeader.SUCCEEDED, result.succeededCount());
        headers.put(OutcomeHeader.FAILED, result.failedCount());
        return Future.succeededFuture(Outcome.of(result, headers));
    }

    /** If nobody waits for the jobs, records that are in no job are logged at once. */
    private Map<OutcomeHeader, Object> notSent() {
        Map<OutcomeHeader, Object> headers = headers();
        List<BulkRow> refused = records.refused();
        if (!refused.isEmpty()) {
            headers.put(OutcomeHeader.FAILED, refused.size());
            headers.put(
                    OutcomeHeader.FAILED_RECORDS,
                    refused.stream().map(BulkRow::given).toList());
            call.log()
                    .write(() -> LOG.warn(
                            "{}: {} records cannot be written and were not sent; the first reason: {}",
                            call.log().about(),
                            refused.size(),
                            refused.get(0).error()));
        }
        return headers;
    }

    private Map<OutcomeHeader, Object> headers() {
        var headers = new HashMap<OutcomeHeader, Object>();
        List<String> ids = ids();
        headers.put(OutcomeHeader.JOB_ID, ids.size() == 1 ? ids.get(0) : ids.isEmpty() ? null : ids);
        withoutJobs.tell(headers, !ids.isEmpty());
        return headers;
    }

    private List<JobInfo> jobs() {
        var all = new ArrayList<>(done);
        all.sort(Comparator.comparingInt(Done::part));
        return all.stream().map(Done::job).toList();
    }

    /** Ids of the jobs that were made. */
    private List<String> ids() {
        return jobs().stream().map(JobInfo::id).filter(Objects::nonNull).toList();
    }

    private BulkResult result() {
        List<JobInfo> jobs = jobs();
        List<JobInfo> made = jobs.stream().filter(job -> job.id() != null).toList();
        return new BulkResult(
                jobs,
                resent,
                records.refused(),
                part -> withoutJobs.rows(
                        part,
                        new JobRows(call, part, made, (job, row) -> isLast(part, job, row), job -> places(job, part))));
    }

    private UnaryOperator<BulkRow> places(JobInfo job, BulkResult.Part part) {
        RowPlaces rows = places.get(BulkClient.id(job));
        return rows == null ? row -> row : rows.reading(part);
    }

    /** Whether a row was not sent again in a later job, which then has its result. */
    private boolean isLast(BulkResult.Part part, JobInfo job, BulkRow row) {
        return part != BulkResult.Part.FAILED || !retried.contains(job.id()) || !row.retryable();
    }

    /** Once a job was closed, the exchange cannot be repeated as it is, whatever the failure; and its rows can be read. */
    private <T> Future<T> failed(Throwable cause) {
        if (done.isEmpty()) {
            return Future.failedFuture(
                    BulkQuota.usedUp(cause)
                            ? BulkQuota.limit(cause, withoutJobs.cure(BulkOperation.action(call.options())))
                            : cause);
        }
        List<String> ids = ids();
        String others = (ids.isEmpty() ? "" : " (jobs of this load: " + ids + ")") + withoutJobs.mention();
        Optional<BulkJobException> known = cause instanceof BulkJobException job ? Optional.of(job) : Optional.empty();
        return Future.failedFuture(new BulkJobException(
                cause.getMessage() + (jobs().size() > 1 || known.isEmpty() ? others : ""),
                known.map(BulkJobException::jobId).orElse(null),
                known.map(BulkJobException::state).orElse("Incomplete"),
                false,
                result(),
                known.isPresent() && !(cause.getCause() instanceof SfToolkitException) ? cause.getCause() : cause));
    }
}
