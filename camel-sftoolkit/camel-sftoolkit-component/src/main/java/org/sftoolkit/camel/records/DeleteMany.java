package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

/**
 * Deletes a list by sObject Collections. A record that is in the list twice is deleted once, and both entries get the
 * result.
 */
final class DeleteMany {

    private static final SaveError ROLLED_BACK = new SaveError(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "not deleted, because other records of the list cannot be deleted and allOrNone=true",
            List.of(),
            false);

    /** A record and all its places in the list. */
    private record Target(String id, List<Integer> places) {}

    private final OperationContext call;
    private final CallOptions options;
    private final RecordIds input;
    private final SaveResultCollector slots;

    DeleteMany(OperationContext call, RecordIds input) {
        this.call = call;
        this.options = call.options();
        this.input = input;
        this.slots = new SaveResultCollector(input.keys().size(), !options.dryRun());
    }

    Future<Outcome> delete() {
        return targets()
                .compose(this::ofTheObject)
                .compose(targets -> Fanout.run(
                        Fanout.of(batches(targets).iterator()), options.concurrency(), call.stop(), this::send))
                .recover(failure -> Future.failedFuture(slots.endedBy(failure)))
                .map(done -> slots.outcome(options.records().onPartialFailure(), call.log()));
    }

    /** The request names no object: Ids of another one than the route names would be deleted like any. */
    private Future<List<Target>> ofTheObject(List<Target> targets) {
        return KeyPrefix.require(
                        call,
                        options.sObject(),
                        targets.stream().map(Target::id).toList())
                .map(same -> targets);
    }

    private List<List<Target>> batches(List<Target> targets) {
        if (options.records().allOrNone() && slots.someFailed()) {
            targets.forEach(target -> fail(target, List.of(ROLLED_BACK)));
            return List.of();
        }
        int size = options.batchOf(CollectionsClient.MAX_WRITE);
        if (options.records().allOrNone() && targets.size() > size) {
            throw new IllegalArgumentException("allOrNone works within one request, but " + targets.size()
                    + " records need several: send at most " + size + ", or set allOrNone=false");
        }
        var batches = new ArrayList<List<Target>>();
        for (int from = 0; from < targets.size(); from += size) {
            batches.add(targets.subList(from, Math.min(targets.size(), from + size)));
        }
        return batches;
    }

    /** What is to be deleted; places that name nothing have their result. */
    private Future<List<Target>> targets() {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < input.keys().size(); i++) {
            keys.add(input.value(i, options.externalIdField()));
        }
        if (options.externalIdField() == null || keys.isEmpty()) {
            var targets = new LinkedHashMap<String, Target>();
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i) == null) {
                    slots.set(missing(i));
                } else {
                    add(targets, keys.get(i).toString().strip(), i);
                }
            }
            return Future.succeededFuture(List.copyOf(targets.values()));
        }
        return ExternalIds.ids(call, FetchOperation.type("delete", input, options), keys)
                .map(found -> {
                    var targets = new LinkedHashMap<String, Target>();
                    for (int i = 0; i < keys.size(); i++) {
                        ExternalIds.Found record = found.get(i);
                        if (keys.get(i) == null) {
                            slots.set(missing(i));
                        } else if (record.id() != null) {
                            add(targets, record.id(), i);
                        } else {
                            SaveError problem = Objects.requireNonNull(record.problem());
                            boolean gone = problem.statusCode().equals("NOT_FOUND") && DeleteOperation.ignored(options);
                            slots.set(
                                    gone
                                            ? SaveResult.written(i, null, false, input.origin(i))
                                            : SaveResult.failure(i, null, List.of(problem), input.origin(i)));
                        }
                    }
                    return List.copyOf(targets.values());
                });
    }

    private static void add(Map<String, Target> targets, String id, int place) {
        targets.computeIfAbsent(RecordId.of18(id), key -> new Target(id, new ArrayList<>()))
                .places()
                .add(place);
    }

    private SaveResult missing(int place) {
        String key = options.externalIdField() == null ? "Id" : options.externalIdField();
        var error = new SaveError("MISSING_ARGUMENT", "there is no " + key + " to delete by", List.of(), false);
        return SaveResult.failure(place, null, List.of(error), input.origin(place));
    }

    private Future<?> send(List<Target> batch) {
        return call.traced("delete batch", batch.size(), inner -> attempt(inner, batch, 1))
                .recover(failure -> {
                    batch.forEach(target -> target.places()
                            .forEach(place ->
                                    slots.set(BatchFailure.result(place, target.id(), failure, input.origin(place)))));
                    return BatchFailure.endsAll(failure, slots);
                })
                .onComplete(done -> call.progress().progressed(slots.progress("delete", options.sObject(), (long)
                        input.keys().size())));
    }

    private Future<Void> attempt(OperationContext context, List<Target> batch, int tries) {
        return deleted(context, batch.stream().map(Target::id).toList()).compose(answers -> {
            List<Target> again = accept(batch, answers, tries);
            return again.isEmpty()
                    ? Future.succeededFuture()
                    : call.delays()
                            .after(options.records().writing().rowRetries().backOff(tries))
                            .compose(waited -> attempt(context, again, tries + 1))
                            .recover(failure -> {
                                again.forEach(target -> fail(target, BatchFailure.errors(failure)));
                                return BatchFailure.endsAll(failure, slots);
                            });
        });
    }

    private Future<List<WriteAnswer>> deleted(OperationContext context, List<String> ids) {
        return options.dryRun()
                ? new DryRun(context).delete(options.sObject(), ids)
                : new CollectionsClient(context.client())
                        .delete(ids, options.records().allOrNone(), options.writeHeaders());
    }

    private List<Target> accept(List<Target> batch, List<WriteAnswer> answers, int tries) {
        boolean more = tries <= options.records().writing().rowRetries().maxRetries();
        if (options.records().allOrNone() && more && RowRetry.wholePasses(answers)) {
            return batch;
        }
        var again = new ArrayList<Target>();
        for (int i = 0; i < batch.size(); i++) {
            WriteAnswer answer = answers.get(i);
            if (more && !options.records().allOrNone() && RowRetry.passes(answer)) {
                again.add(batch.get(i));
            } else {
                settle(batch.get(i), answer);
            }
        }
        return again;
    }

    private void settle(Target target, WriteAnswer answer) {
        boolean gone =
                !answer.success() && DeleteOperation.ignored(options) && DeleteOperation.saysNotFound(answer.errors());
        if (!answer.success() && !gone) {
            fail(
                    target,
                    answer.errors().stream().map(error -> error.toSaveError()).toList());
            return;
        }
        for (int place : target.places()) {
            DeleteOperation.clearId(input, place, options);
            slots.set(SaveResult.written(place, target.id(), false, input.origin(place)));
        }
    }

    private void fail(Target target, List<SaveError> errors) {
        target.places()
                .forEach(place -> slots.set(SaveResult.failure(place, target.id(), errors, input.origin(place))));
    }
}
