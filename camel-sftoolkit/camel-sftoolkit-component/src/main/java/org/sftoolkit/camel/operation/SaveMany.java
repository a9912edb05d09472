package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.camel.client.TypedFields;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveResult;

/**
 * Saves a list by sObject Collections: reads record after record, plans each, and sends a batch as soon as it is full, so
 * that a list of any length needs memory for the batches under way and the results only.
 */
final class SaveMany {

    private final Call call;
    private final CallOptions options;
    private final Records input;
    private final ResultSlots slots = new ResultSlots(16);
    private final SaveBatches batches;

    SaveMany(Call call, Records input) {
        this.call = call;
        this.options = call.options();
        this.input = input;
        this.batches = new SaveBatches(input, options, slots);
    }

    Future<Outcome> save() {
        return Fanout.run(this::nextBatch, options.concurrency(), this::send)
                .onComplete(done -> close())
                .map(done -> slots.outcome(options.records().onPartialFailure()));
    }

    private Future<Optional<SaveBatch>> nextBatch() {
        // reading a stream may block, and so may the getters of a bean
        return call.worker().run(batches::next);
    }

    private Future<?> send(SaveBatch batch) {
        return write(batch)
                .map(answers -> accept(batch, answers))
                .recover(failure -> {
                    batch.entries()
                            .forEach(entry -> slots.set(BatchFailure.result(
                                    entry.place(),
                                    entry.record().id(),
                                    failure,
                                    entry.record().origin())));
                    return BatchFailure.endsAll(failure, slots);
                })
                .compose(written -> options.records().reload() && written != null
                        ? reload(batch, written)
                        : Future.succeededFuture());
    }

    private Future<List<WriteAnswer>> write(SaveBatch batch) {
        boolean allOrNone = options.records().allOrNone();
        Map<String, String> headers = options.requestHeaders();
        List<TypedFields> rows = batch.entries().stream().map(this::row).toList();
        return switch (batch.action()) {
            case INSERT -> call.client().collections().insert(rows, allOrNone, headers);
            case UPDATE -> call.client().collections().update(rows, allOrNone, headers);
            default ->
                call.client()
                        .collections()
                        .upsert(
                                batch.entries().get(0).plan().type(),
                                options.externalIdField(),
                                rows,
                                allOrNone,
                                headers);
        };
    }

    private TypedFields row(SaveBatch.Entry entry) {
        SavePlan plan = entry.plan();
        if (plan.action() == SavePlan.Action.INSERT) {
            return new TypedFields(plan.type(), plan.fields());
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put(plan.action() == SavePlan.Action.UPDATE ? "id" : options.externalIdField(), plan.key());
        fields.putAll(plan.fields());
        return new TypedFields(plan.type(), fields);
    }

    private List<SaveResult> accept(SaveBatch batch, List<WriteAnswer> answers) {
        var results = new java.util.ArrayList<SaveResult>();
        for (int i = 0; i < answers.size(); i++) {
            SaveResult result = result(batch, batch.entries().get(i), answers.get(i));
            slots.set(result);
            results.add(result);
        }
        return results;
    }

    private SaveResult result(SaveBatch batch, SaveBatch.Entry entry, WriteAnswer answer) {
        var record = entry.record();
        if (!answer.success()) {
            return SaveResult.failure(
                    entry.place(),
                    record.id(),
                    answer.errors().stream().map(error -> error.toSaveError()).toList(),
                    record.origin());
        }
        if (record.id() == null && answer.id() != null) {
            record.acceptId(answer.id());
        }
        record.saved();
        boolean created = answer.created() != null ? answer.created() : batch.action() == SavePlan.Action.INSERT;
        String id = answer.id() != null ? answer.id() : record.id();
        // a stream's records are not kept: a million of them would fill the heap
        return SaveResult.success(entry.place(), id, created, input.inMemory() ? record.origin() : null);
    }

    private Future<?> reload(SaveBatch batch, List<SaveResult> results) {
        return Reloading.reload(batch.entries(), results, call);
    }

    private void close() {
        try {
            input.close().close();
        } catch (Exception e) {
            throw new IllegalStateException("the source of the records cannot be closed", e);
        }
    }
}
