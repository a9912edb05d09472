package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkPart;
import org.sftoolkit.camel.bulk.BulkQuota;
import org.sftoolkit.camel.bulk.IngestJob;
import org.sftoolkit.camel.bulk.JobRows;
import org.sftoolkit.camel.bulk.LoadJournal;
import org.sftoolkit.camel.bulk.PartSource;
import org.sftoolkit.camel.bulk.RecordParts;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.SandboxRequiredException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Descriptions;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;

/**
 * Saves a list through bulk jobs, with the same results as through REST: the rows of a job are matched to the records
 * that were sent. A failed job gives each of its records an error; other jobs continue.
 */
final class BulkSave {

    /** A record that is sent again. */
    private record Again(int place, SourceRecord record) {}

    private final OperationContext call;
    private final CallOptions options;
    private final Records input;
    private final @Nullable Function<Records, Future<Outcome>> rest;
    private final SaveResultCollector slots = new SaveResultCollector(16, true);
    private final Reloading reloading;
    private final Map<Integer, JobInfo> jobs = new TreeMap<>();
    private final List<Again> again = new ArrayList<>();
    private final List<Again> otherWay = new ArrayList<>();
    private final List<SameKeys.Twin> twins = new ArrayList<>();
    private @Nullable ObjectDescription object;
    /** Why some records went through REST; null if none did. */
    private volatile @Nullable Throwable refusal;

    /** Writes nothing before the load has begun. */
    private LoadJournal journal;

    private final PreparedJob prepared;
    private int before;

    /** @param rest saves records through REST; null if there is no other way than jobs */
    BulkSave(OperationContext call, Records input, @Nullable Function<Records, Future<Outcome>> rest) {
        this.call = call;
        this.journal = LoadJournal.none(call);
        this.options = call.options();
        this.input = input;
        this.rest = rest;
        this.reloading = new Reloading(call);
        this.prepared = new PreparedJob(call);
    }

    /** Makes the first job before anything is read: for a caller who has another way if no job can be created. */
    Future<Void> prepare(BulkAction action) {
        return prepared.make(options.requiredObject("save"), action);
    }

    Future<Outcome> save() {
        return LoadJournal.begin(call, "save", options.requiredObject("save"), false)
                .onFailure(refused -> prepared.giveUp().onComplete(given -> call.close(input)))
                .compose(begun -> {
                    journal = begun;
                    return begun.over(this::saved);
                });
    }

    private Future<Outcome> saved() {
        return call.stop()
                .awaited(Descriptions.ifKnown(call.client().metadata().describe(options.requiredObject("save")))
                        .onSuccess(known -> object = known)
                        .compose(known -> first())
                        .compose(done -> throughRest())
                        .eventually(prepared::giveUp)
                        .onComplete(ended -> SameKeys.settle(twins, slots, input.inMemory()))
                        .compose(done -> reloading.finish())
                        .recover(cause -> Future.failedFuture(slots.endedBy(cause)))
                        .map(done -> slots.outcome(options.records().onPartialFailure(), call.log()))
                        .map(this::withJobs));
    }

    private Future<Void> first() {
        var keys = new SameKeys(options, type -> Optional.ofNullable(object));
        if (!input.inMemory()) {
            return round(input, index -> index, 1, keys, false);
        }
        return call.worker()
                .run(() -> {
                    List<SourceRecord> all = new ArrayList<>();
                    input.iterator().forEachRemaining(all::add);
                    keys.scan(all);
                    return all;
                })
                .onFailure(unreadable -> call.close(input))
                .compose(all -> round(
                        new Records(false, true, (long) all.size(), all.iterator(), input.close()),
                        index -> index,
                        1,
                        keys,
                        true));
    }

    private Future<Void> round(Records records, IntUnaryOperator places, int tries, SameKeys keys, boolean scanned) {
        var rows = new SavedRows(options, object, slots, input.inMemory(), places, keys, scanned);
        var parts = new RecordParts(records, options, rows);
        var source = new PartSource(call, parts);
        return Fanout.run(source, options.concurrency(), call.stop(), part -> load(part, rows, tries))
                .eventually(source::close)
                .compose(done -> {
                    twins.addAll(rows.twins());
                    rows.later().forEach(one -> again.add(new Again(one.place(), one.record())));
                    return again(tries);
                });
    }

    private Future<Void> again(int tries) {
        before += 1_000_000;
        List<Again> failed = List.copyOf(again);
        again.clear();
        return failed.isEmpty()
                ? Future.succeededFuture()
                : call.delays()
                        .after(options.records().writing().rowRetries().backOff(tries))
                        .compose(waited -> round(
                                Records.of(failed.stream().map(Again::record).toList()),
                                index -> failed.get(index).place(),
                                tries + 1,
                                new SameKeys(options, type -> Optional.ofNullable(object)),
                                false));
    }

    private Future<?> load(BulkPart part, SavedRows rows, int tries) {
        SentRows sent = rows.take(part.number());
        return call.traced("bulk job", part.rows(), inner -> new IngestJob(
                                inner, options.requiredObject("save"), part, journal, tries + "-" + part.number())
                        .load(prepared.take(part)))
                .onSuccess(job -> {
                    synchronized (jobs) {
                        jobs.put(before + part.number(), job);
                    }
                })
                .compose(job -> call.worker().run(() -> {
                    settle(sent, job, tries);
                    return null;
                }))
                .recover(failure -> failed(sent, failure))
                .eventually(() -> PartSource.remove(call, part));
    }

    /** Reads the results of the rows of a job that has ended. Waits for Salesforce. */
    private void settle(SentRows sent, JobInfo job, int tries) {
        List<BulkRow> strangers = new ArrayList<>();
        boolean more = tries <= options.records().writing().rowRetries().maxRetries();
        for (BulkResult.Part part : BulkResult.Part.values()) {
            try (var rows = new JobRows(call, part, List.of(job), (any, row) -> true)) {
                while (rows.hasNext()) {
                    BulkRow row = rows.next();
                    SentRows.Sent found = sent.take(row.cells());
                    if (found == null) {
                        strangers.add(row);
                    } else {
                        settle(sent.action(), found, row, part, job, more);
                    }
                }
            } catch (RuntimeException unreadable) {
                if (job.complete()) {
                    throw unreadable;
                }
                slots.mayBeWritten(); // a job that failed may have no results, and its own words say more
            }
        }
        boolean allWritten =
                strangers.size() == sent.left() && strangers.stream().allMatch(BulkRow::success);
        for (SentRows.Sent left : sent.takeRest()) {
            if (job.complete() && allWritten) {
                written(left, null, sent.action() == BulkAction.INSERT);
            } else {
                fail(left, null, JobErrors.notTold(job));
            }
        }
    }

    private void settle(
            BulkAction action, SentRows.Sent sent, BulkRow row, BulkResult.Part part, JobInfo job, boolean more) {
        if (part == BulkResult.Part.SUCCESSFUL) {
            written(sent, row.id(), row.created() || action == BulkAction.INSERT);
        } else if (part == BulkResult.Part.UNPROCESSED) {
            fail(sent, row, JobErrors.unprocessed(job));
        } else if (more && row.retryable()) {
            synchronized (again) {
                again.add(new Again(sent.place(), record(sent, row)));
            }
        } else {
            fail(sent, row, Objects.requireNonNull(row.error()));
        }
    }

    private void written(SentRows.Sent sent, @Nullable String id, boolean created) {
        SourceRecord record = sent.record();
        String known = id != null || record == null ? id : record.id();
        slots.set(SaveResult.written(sent.place(), known, created, record == null ? null : record.origin()));
        if (record != null) {
            if (record.id() == null && id != null) {
                record.acceptId(id);
            }
            record.saved();
            reloading.add(options.requiredObject("save"), known, record);
        }
    }

    private void fail(SentRows.Sent sent, @Nullable BulkRow row, SaveError error) {
        SourceRecord record = sent.record();
        String id = record != null ? record.id() : row == null ? null : row.id();
        Object origin =
                record != null ? record.origin() : row == null ? null : row.record(options.requiredObject("save"));
        slots.set(SaveResult.failure(sent.place(), id, List.of(error), origin));
    }

    private SourceRecord record(SentRows.Sent sent, BulkRow row) {
        return sent.record() != null ? sent.record() : SourceRecord.of(row.record(options.requiredObject("save")));
    }

    private <T> Future<T> failed(SentRows sent, Throwable failure) {
        boolean elsewhere = rest != null && input.inMemory() && BulkQuota.usedUp(failure);
        refusal = elsewhere ? failure : refusal;
        if (!(failure instanceof RequestRejectedException || failure instanceof SandboxRequiredException)) {
            slots.mayBeWritten();
        }
        List<SaveError> errors = BatchFailure.errors(failure);
        for (SentRows.Sent row : sent.takeRest()) {
            if (elsewhere) {
                synchronized (otherWay) {
                    otherWay.add(
                            new Again(row.place(), Objects.requireNonNull(row.record()))); // kept, as all in memory
                }
            } else {
                fail(row, null, errors.get(0));
            }
        }
        return BatchFailure.endsAll(failure, slots);
    }

    /** Records for which the org had no job any more. */
    private Future<Void> throughRest() {
        if (rest == null || otherWay.isEmpty()) {
            return Future.succeededFuture();
        }
        return rest.apply(Records.of(otherWay.stream().map(Again::record).toList()))
                .map(outcome -> {
                    var results = (SaveResults) Objects.requireNonNull(outcome.body());
                    for (int i = 0; i < results.size(); i++) {
                        slots.set(results.get(i).at(otherWay.get(i).place()));
                    }
                    return null;
                });
    }

    private Outcome withJobs(Outcome outcome) {
        Map<OutcomeHeader, Object> headers = new HashMap<>(outcome.headers());
        List<String> ids;
        synchronized (jobs) {
            ids = jobs.values().stream().map(JobInfo::id).toList();
        }
        if (refusal != null) {
            headers.put(OutcomeHeader.VIA, BulkQuota.instead(ids.isEmpty() ? "REST" : "BULK,REST", refusal));
        }
        headers.put(OutcomeHeader.JOB_ID, ids.size() == 1 ? ids.get(0) : ids.isEmpty() ? null : ids);
        return outcome.with(headers);
    }
}
