package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OperationContext;

/** Writes one batch to the end: its request, the rows of it that are to be sent again, and the result of each record. */
final class BatchWrite {

    private static final String ROLLED_BACK = "ALL_OR_NONE_OPERATION_ROLLED_BACK";

    private final OperationContext call;
    private final CallOptions options;
    private final Records input;
    private final SaveResultCollector slots;
    private final Reloading reloading;

    BatchWrite(OperationContext call, Records input, SaveResultCollector slots, Reloading reloading) {
        this.call = call;
        this.options = call.options();
        this.input = input;
        this.slots = slots;
        this.reloading = reloading;
    }

    /** Completes without failure, unless further requests make no sense. */
    Future<Void> write(SaveBatch batch) {
        boolean existingOnly =
                batch.action() == SavePlan.Action.UPSERT && options.records().updateOnly();
        return (existingOnly ? existing(batch) : Future.succeededFuture(batch))
                .compose(known -> known.entries().isEmpty() ? Future.succeededFuture() : attempt(known, 1))
                .recover(failure -> {
                    failRest(batch.entries(), failure);
                    return BatchFailure.endsAll(failure, slots);
                })
                // its failure ends the list, and takes back nothing of what was written
                .compose(written -> reloading.reloadFull());
    }

    /** Collections have no update-only mode, so it looks the records up first, to create nothing by mistake. */
    private Future<SaveBatch> existing(SaveBatch batch) {
        List<Object> keys = new ArrayList<>();
        batch.entries().forEach(entry -> keys.add(entry.plan().requiredKey()));
        String type = batch.entries().get(0).plan().requiredType();
        return ExternalIds.ids(call, type, keys).map(ids -> {
            var found = new ArrayList<SaveBatch.Entry>();
            for (int i = 0; i < ids.size(); i++) {
                SaveBatch.Entry entry = batch.entries().get(i);
                String id = ids.get(i).id();
                if (id == null) {
                    settle(
                            entry,
                            entry.failure(Objects.requireNonNull(ids.get(i).problem())));
                } else {
                    found.add(byId(entry, id));
                }
            }
            if (options.records().allOrNone() && found.size() < ids.size()) {
                var error = new SaveError(ROLLED_BACK, "not sent: other records do not exist", List.of(), false);
                found.forEach(entry -> settle(entry, entry.failure(error)));
                found.clear();
            }
            return new SaveBatch(SavePlan.Action.UPDATE, batch.group(), found);
        });
    }

    private SaveBatch.Entry byId(SaveBatch.Entry entry, String id) {
        SavePlan plan = entry.plan().byId(id);
        return new SaveBatch.Entry(
                entry.place(),
                entry.record(),
                plan,
                EncodedRecord.of(plan.requiredType(), plan.row(null)),
                entry.twins());
    }

    private Future<Void> attempt(SaveBatch batch, int tries) {
        long began = System.nanoTime();
        return send(batch)
                .onFailure(failure -> {
                    if (InsertOutcomeLookup.unknown(failure)) {
                        slots.mayBeWritten();
                    }
                })
                .recover(failure -> InsertOutcomeLookup.lookUp(failure, batch, began, call))
                .compose(answers -> {
                    List<SaveBatch.Entry> again = accept(batch, answers, tries);
                    return again.isEmpty()
                            ? Future.<Void>succeededFuture()
                            : call.delays()
                                    .after(options.records()
                                            .writing()
                                            .rowRetries()
                                            .backOff(tries))
                                    .compose(waited ->
                                            attempt(new SaveBatch(batch.action(), batch.group(), again), tries + 1))
                                    .recover(failure -> {
                                        failRest(again, failure);
                                        return BatchFailure.endsAll(failure, slots);
                                    });
                });
    }

    private Future<List<WriteAnswer>> send(SaveBatch batch) {
        if (options.dryRun()) {
            return new DryRun(call)
                    .save(batch.entries().stream().map(SaveBatch.Entry::plan).toList());
        }
        boolean allOrNone = options.records().allOrNone();
        Map<String, String> headers = options.writeHeaders();
        List<EncodedRecord> rows =
                batch.entries().stream().map(SaveBatch.Entry::json).toList();
        CollectionsClient collections = new CollectionsClient(call.client());
        return switch (batch.action()) {
            case INSERT -> collections.insert(rows, allOrNone, headers);
            case UPDATE ->
                collections.update(
                        rows,
                        batch.entries().stream()
                                .map(entry -> String.valueOf(entry.plan().key()))
                                .toList(),
                        allOrNone,
                        headers);
            default ->
                collections.upsert(
                        batch.entries().get(0).plan().requiredType(),
                        options.requiredExternalIdField(),
                        rows,
                        allOrNone,
                        headers);
        };
    }

    /** Records the results that are final; returns the records to send again. */
    private List<SaveBatch.Entry> accept(SaveBatch batch, List<WriteAnswer> answers, int tries) {
        boolean more = tries <= options.records().writing().rowRetries().maxRetries();
        boolean whole = options.records().allOrNone();
        boolean wholeAgain = whole && more && RowRetry.wholePasses(answers);
        var again = new ArrayList<SaveBatch.Entry>();
        for (int i = 0; i < answers.size(); i++) {
            SaveBatch.Entry entry = batch.entries().get(i);
            if (whole ? wholeAgain : more && RowRetry.passes(answers.get(i))) {
                again.add(entry);
            } else {
                settle(entry, result(batch.action(), entry, answers.get(i)));
            }
        }
        return again;
    }

    private SaveResult result(SavePlan.Action action, SaveBatch.Entry entry, WriteAnswer answer) {
        var record = entry.record();
        if (!answer.success()) {
            return SaveResult.failure(
                    entry.place(),
                    record.id(),
                    answer.errors().stream().map(error -> error.toSaveError()).toList(),
                    record.origin());
        }
        boolean created = answer.created() != null ? answer.created() : action == SavePlan.Action.INSERT;
        String id = answer.eventId() != null ? answer.eventId() : answer.id() != null ? answer.id() : record.id();
        return SaveResult.written(entry.place(), id, created, kept(entry));
    }

    // a stream's records are not kept: a million of them would fill the heap
    private @Nullable Object kept(SaveBatch.Entry entry) {
        return input.inMemory() ? entry.record().origin() : null;
    }

    /** Records without a result get the failure as their result. */
    private void failRest(List<SaveBatch.Entry> entries, Throwable failure) {
        for (SaveBatch.Entry entry : entries) {
            if (!slots.isSet(entry.place())) {
                settle(
                        entry,
                        BatchFailure.result(
                                entry.place(),
                                entry.record().id(),
                                failure,
                                entry.record().origin()));
            }
        }
    }

    private void settle(SaveBatch.Entry entry, SaveResult result) {
        slots.set(result);
        if (result.success() && !options.dryRun()) {
            if (entry.record().id() == null && result.id() != null) {
                entry.record().acceptId(result.id());
            }
            entry.record().saved();
            reloading.add(entry.plan().requiredType(), result.id(), entry.record());
        }
        for (SaveBatch.Entry twin : entry.twins()) {
            slots.set(new SaveResult(
                    twin.place(),
                    result.id(),
                    result.success(),
                    false,
                    result.success(),
                    result.errors(),
                    result.success() ? kept(twin) : twin.record().origin()));
        }
    }
}
