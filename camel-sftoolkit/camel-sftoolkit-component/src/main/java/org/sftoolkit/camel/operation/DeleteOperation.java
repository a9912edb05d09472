package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.sftoolkit.camel.client.CollectionsClient;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;

/** {@code delete}: one record or many, by Id or external id; one result each, in order. */
public final class DeleteOperation implements Operation<RecordIds> {

    @Override
    public Class<RecordIds> input() {
        return RecordIds.class;
    }

    @Override
    public void check(CallOptions options) {
        if (options.records().notFound() == NotFound.NULL || options.records().notFound() == NotFound.SKIP) {
            throw new IllegalArgumentException(
                    "delete has notFound=FAIL or IGNORE; " + options.records().notFound() + " is for fetch");
        }
    }

    @Override
    public Future<Outcome> run(RecordIds input, Call call) {
        return input.single() ? one(input, call) : many(input, call);
    }

    private static Future<Outcome> one(RecordIds input, Call call) {
        CallOptions options = call.options();
        Object value = input.value(0, options.externalIdField());
        if (value == null) {
            throw new IllegalArgumentException(
                    "there is no Id to delete: give it as the body or in the header CamelSfToolkitId");
        }
        var key = RecordKey.of(FetchOperation.type(input, options), options.externalIdField(), value);
        String id = options.externalIdField() == null ? value.toString() : null;
        return call.client()
                .records()
                .delete(key)
                .recover(failure -> failure instanceof NotFoundException && ignored(options)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure))
                .map(done -> {
                    clearId(input, 0, options);
                    var headers = new HashMap<OutcomeHeader, Object>();
                    headers.put(OutcomeHeader.ID, id);
                    return Outcome.of(SaveResult.success(0, id, false, input.origin(0)), headers);
                });
    }

    private static Future<Outcome> many(RecordIds input, Call call) {
        var slots = new ResultSlots(input.keys().size());
        return ids(input, call).compose(ids -> {
            var present = new ArrayList<Integer>();
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i) == null) {
                    slots.set(missing(input, i, call.options()));
                } else {
                    present.add(i);
                }
            }
            return Batches.send(
                            present,
                            call.options().batchOf(CollectionsClient.MAX_WRITE),
                            call.options(),
                            batch -> delete(batch, ids, input, slots, call))
                    .map(done -> slots.outcome(call.options().records().onPartialFailure()));
        });
    }

    /** Ids in the order of the keys, null where there is none. */
    private static Future<List<String>> ids(RecordIds input, Call call) {
        CallOptions options = call.options();
        var values = new ArrayList<Object>();
        for (int i = 0; i < input.keys().size(); i++) {
            values.add(input.value(i, options.externalIdField()));
        }
        if (options.externalIdField() == null || values.isEmpty()) {
            return Future.succeededFuture(strings(values));
        }
        return ExternalIds.find(
                        call.client(),
                        FetchOperation.type(input, options),
                        options.externalIdField(),
                        values,
                        List.of("Id"),
                        options.concurrency())
                .map(found -> {
                    var ids = new ArrayList<String>();
                    for (SObject record : found) {
                        ids.add(record == null ? null : record.id());
                    }
                    return ids;
                });
    }

    private static List<String> strings(List<Object> values) {
        var ids = new ArrayList<String>();
        values.forEach(value -> ids.add(value == null ? null : value.toString().strip()));
        return ids;
    }

    private static SaveResult missing(RecordIds input, int place, CallOptions options) {
        boolean named = input.value(place, options.externalIdField()) != null;
        if (named && ignored(options)) {
            return SaveResult.success(place, null, false, input.origin(place));
        }
        String text = named
                ? "no record has " + options.externalIdField() + " = " + input.value(place, options.externalIdField())
                : "there is no Id to delete by";
        return SaveResult.failure(
                place,
                null,
                List.of(new SaveError(named ? "NOT_FOUND" : "MISSING_ARGUMENT", text, List.of(), false)),
                input.origin(place));
    }

    private static Future<?> delete(
            List<Integer> batch, List<String> ids, RecordIds input, ResultSlots slots, Call call) {
        CallOptions options = call.options();
        return call.client()
                .collections()
                .delete(batch.stream().map(ids::get).toList(), options.records().allOrNone(), options.requestHeaders())
                .map(answers -> {
                    for (int i = 0; i < batch.size(); i++) {
                        slots.set(result(batch.get(i), ids.get(batch.get(i)), answers.get(i), input, options));
                    }
                    return null;
                })
                .recover(failure -> {
                    batch.forEach(place ->
                            slots.set(BatchFailure.result(place, ids.get(place), failure, input.origin(place))));
                    return BatchFailure.endsAll(failure, slots);
                });
    }

    private static SaveResult result(int place, String id, WriteAnswer answer, RecordIds input, CallOptions options) {
        boolean gone = !answer.success()
                && ignored(options)
                && answer.errors().stream()
                        .allMatch(error -> error.code().equals("ENTITY_IS_DELETED")
                                || error.code().equals("INVALID_CROSS_REFERENCE_KEY"));
        if (answer.success() || gone) {
            clearId(input, place, options);
            return SaveResult.success(place, id, false, input.origin(place));
        }
        return SaveResult.failure(
                place,
                id,
                answer.errors().stream().map(error -> error.toSaveError()).toList(),
                input.origin(place));
    }

    private static boolean ignored(CallOptions options) {
        return options.records().notFound() == NotFound.IGNORE;
    }

    private static void clearId(RecordIds input, int place, CallOptions options) {
        if (options.records().clearId() && input.keys().get(place) instanceof SourceRecord record) {
            record.acceptId(null);
        }
    }
}
