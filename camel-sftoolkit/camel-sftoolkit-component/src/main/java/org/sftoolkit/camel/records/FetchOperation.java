package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Chunks;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NotFound;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.transport.Concurrency;

/** {@code fetch}: one record or many, by Id or external id; many in the order of their keys. */
public final class FetchOperation implements Operation<RecordIds> {

    @Override
    public Class<RecordIds> input() {
        return RecordIds.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                "sObject",
                "fields",
                "type",
                "externalIdField",
                "notFound",
                "concurrency",
                "batchSize",
                "ifModifiedSince",
                "ifUnmodifiedSince");
    }

    @Override
    public void check(CallOptions options) {
        options.requireBatch("fetch", CollectionsClient.MAX_READ);
        if (options.records().notFound() == NotFound.IGNORE) {
            throw new IllegalArgumentException("notFound=IGNORE is not allowed for fetch: use FAIL, NULL or SKIP");
        }
    }

    @Override
    public Future<Outcome> run(RecordIds input, OperationContext call) {
        requireKeys(input);
        if (input.single()) {
            return one(input, call);
        }
        Conditions.refuseForLists(call.options());
        return many(input, call);
    }

    /** A record without Id gives null at its place; what is neither a record nor a key is a mistake of the route. */
    private static void requireKeys(RecordIds input) {
        for (int i = 0; i < input.keys().size(); i++) {
            if (input.keys().get(i) instanceof SourceRecord record && record.defect() != null) {
                throw new IllegalArgumentException(
                        "the entry at place " + i + " is no key to fetch by: " + record.defect());
            }
        }
    }

    private static Future<Outcome> one(RecordIds input, OperationContext call) {
        Object value = input.value(0, call.options().externalIdField());
        if (value == null) {
            throw new IllegalArgumentException(
                    "there is no Id to fetch: put it in the body or in the header CamelSfToolkitId");
        }
        var key = RecordKey.of(
                type("fetch", input, call.options()), call.options().externalIdField(), value);
        return new RecordsClient(call.client())
                .fetch(
                        key,
                        call.options().fields(),
                        Conditions.of(call.options()).read(Map.of()))
                .recover(failure -> absent(failure, call.options().records().notFound()))
                .map(FetchOperation::outcome);
    }

    private static Future<SObject> absent(Throwable failure, @Nullable NotFound notFound) {
        boolean told = failure instanceof NotFoundException refused && DeleteOperation.saysNotFound(refused.errors());
        return told && notFound != null && notFound != NotFound.FAIL
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }

    private static Outcome outcome(SObject record) {
        return Outcome.of(record, record == null ? Map.of() : Collections.singletonMap(OutcomeHeader.ID, record.id()));
    }

    private static Future<Outcome> many(RecordIds input, OperationContext call) {
        if (input.keys().isEmpty()) {
            return Future.succeededFuture(Outcome.of(List.of(), Map.of()));
        }
        return find(input, type("fetch", input, call.options()), call, "fetch")
                .map(records -> Outcome.of(arranged(input, records, call.options()), Map.of()));
    }

    /** Same as {@link #find}, reported to the progress listener as requests of this operation. */
    public static Future<List<SObject>> find(RecordIds input, String type, OperationContext call, String operation) {
        var done = new AtomicLong();
        long total = input.keys().size();
        return find(input, type, call, (LongConsumer) records -> call.progress()
                .progressed(new Progress(operation, type, done.addAndGet(records), 0, total, null, "batch")));
    }

    /** The records of these keys in their order; null if there is no record. */
    public static Future<List<SObject>> find(RecordIds input, String type, OperationContext call) {
        return find(input, type, call, records -> {});
    }

    /** @param heard how many keys an answer was about */
    private static Future<List<SObject>> find(RecordIds input, String type, OperationContext call, LongConsumer heard) {
        CallOptions options = call.options();
        var values = new ArrayList<Object>();
        for (int i = 0; i < input.keys().size(); i++) {
            values.add(input.value(i, options.externalIdField()));
        }
        if (options.externalIdField() != null) {
            boolean cut = options.batchSize() > 0;
            int size = cut ? options.batchSize() : Math.max(1, values.size());
            var inner = cut ? Concurrency.fixed(1) : options.concurrency();
            return Chunks.map(
                    values,
                    size,
                    cut ? options.concurrency() : Concurrency.fixed(1),
                    call.stop(),
                    some -> ExternalIds.find(
                                    call.client(),
                                    type,
                                    options.requiredExternalIdField(),
                                    some,
                                    options.fields(),
                                    inner)
                            .onSuccess(found -> heard.accept(found.size())));
        }
        return fields(type, call).compose(fields -> byId(type, values, fields, call, heard));
    }

    private static Future<List<String>> fields(String type, OperationContext call) {
        List<String> fields = call.options().fields();
        return fields.isEmpty()
                ? call.client().metadata().describe(type).map(object -> object.fieldNames())
                : Future.succeededFuture(fields);
    }

    private static Future<List<SObject>> byId(
            String type, List<Object> values, List<String> fields, OperationContext call, LongConsumer heard) {
        // each is requested once; an entry without an Id has a place in the result, but not in the request
        List<String> ids = values.stream()
                .filter(Objects::nonNull)
                .map(FetchOperation::id)
                .distinct()
                .toList();
        return Chunks.map(
                        ids,
                        call.options().batchOf(CollectionsClient.MAX_READ),
                        call.options().concurrency(),
                        call.stop(),
                        some -> new CollectionsClient(call.client())
                                .retrieve(type, some, fields)
                                .onSuccess(found -> heard.accept(found.size())))
                .map(found -> {
                    var byId = new HashMap<String, SObject>();
                    for (int i = 0; i < ids.size(); i++) {
                        byId.put(ids.get(i), found.get(i));
                    }
                    var records = new ArrayList<SObject>();
                    values.forEach(value -> records.add(value == null ? null : byId.get(id(value))));
                    return records;
                });
    }

    private static String id(Object value) {
        return RecordId.of18(value.toString().strip());
    }

    private static List<SObject> arranged(RecordIds input, List<SObject> records, CallOptions options) {
        if (options.records().notFound() == NotFound.SKIP) {
            return new ArrayList<>(records.stream().filter(Objects::nonNull).toList());
        }
        int missing = records.indexOf(null);
        if (options.records().notFound() == NotFound.FAIL && missing >= 0) {
            throw new NotFoundException(
                    "no record for key " + input.value(missing, options.externalIdField()) + " at place " + missing,
                    Answer.NONE);
        }
        return new ArrayList<>(records);
    }

    /** The record, which has to be there. */
    public static SObject required(SObject record, Object key) {
        if (record == null) {
            throw new NotFoundException("no record for key " + key, Answer.NONE);
        }
        return record;
    }

    /** The object of the endpoint, else that of the first record that names one. */
    public static String type(String operation, RecordIds input, CallOptions options) {
        if (options.sObject() != null) {
            return options.sObject();
        }
        return input.keys().stream()
                .filter(SourceRecord.class::isInstance)
                .map(key -> ((SourceRecord) key).type())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> options.requiredObject(operation));
    }
}
