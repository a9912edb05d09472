package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NotFound;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;

/** {@code delete}: one record or many, by Id or external id; one result each, in order. */
public final class DeleteOperation implements Operation<RecordIds> {

    @Override
    public Class<RecordIds> input() {
        return RecordIds.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                "sObject",
                "dryRun",
                "externalIdField",
                "notFound",
                "clearId",
                "allOrNone",
                "onPartialFailure",
                "ifUnmodifiedSince",
                "retryRecords",
                "concurrency",
                "batchSize");
    }

    @Override
    public LeftId leftId() {
        return LeftId.FOR_NO_TEXT;
    }

    @Override
    public void check(CallOptions options) {
        options.requireBatch("delete", CollectionsClient.MAX_WRITE);
        if (options.records().notFound() == NotFound.NULL || options.records().notFound() == NotFound.SKIP) {
            throw new IllegalArgumentException(
                    "notFound=" + options.records().notFound() + " is not allowed for delete: use FAIL or IGNORE");
        }
    }

    @Override
    public Future<Outcome> run(RecordIds input, OperationContext call) {
        if (input.single()) {
            return one(input, call);
        }
        Conditions.refuseForLists(call.options());
        return new DeleteMany(call, input).delete();
    }

    private static Future<Outcome> one(RecordIds input, OperationContext call) {
        CallOptions options = call.options();
        Object value = input.value(0, options.externalIdField());
        if (value == null) {
            throw new IllegalArgumentException(
                    "there is no Id to delete: put it in the body or in the header CamelSfToolkitId");
        }
        var key = RecordKey.of(FetchOperation.type("delete", input, options), options.externalIdField(), value);
        String id = options.externalIdField() == null ? value.toString() : null;
        return deleted(key, call)
                .recover(failure -> ignored(options) ? gone(failure, key, call) : Future.failedFuture(failure))
                .map(done -> {
                    clearId(input, 0, options);
                    var headers = new HashMap<OutcomeHeader, Object>();
                    headers.put(OutcomeHeader.ID, id);
                    return Outcome.of(SaveResult.written(0, id, false, input.origin(0)), headers);
                });
    }

    /** A record that is to be deleted without writing is looked for. */
    private static Future<Void> deleted(RecordKey key, OperationContext call) {
        var records = new RecordsClient(call.client());
        return call.options().dryRun()
                ? records.fetch(key, List.of("Id")).mapEmpty()
                : records.delete(
                        key, Conditions.of(call.options()).write(call.options().writeHeaders()));
    }

    /**
     * Succeeds if the failure says that the record does not exist. Salesforce reports unknown objects and fields in
     * the same way, so it checks first that these exist.
     */
    private static Future<Void> gone(Throwable failure, RecordKey key, OperationContext call) {
        boolean nonsense = key.field() == null && !RecordId.isId(key.value().toString());
        if (nonsense || !(failure instanceof NotFoundException refused) || !saysNotFound(refused.errors())) {
            return Future.failedFuture(failure);
        }
        return call.client()
                .metadata()
                .describe(key.type())
                .compose(object -> (key.field() == null
                                ? !KeyPrefix.isOfAnother(object, key.value().toString())
                                : object.field(key.field()).isPresent())
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(failure))
                .recover(unknown -> Future.failedFuture(failure));
    }

    /** Whether errors say that a record is not there, and nothing else. */
    static boolean saysNotFound(List<ApiError> errors) {
        return !errors.isEmpty()
                && errors.stream()
                        .allMatch(error -> error.code().equals("ENTITY_IS_DELETED")
                                || error.code().equals("INVALID_CROSS_REFERENCE_KEY")
                                || error.code().equals("NOT_FOUND"));
    }

    /** Whether a record that is not there counts as deleted. */
    static boolean ignored(CallOptions options) {
        return options.records().notFound() == NotFound.IGNORE;
    }

    /** Removes the Id from the object of a deleted record, if requested. */
    static void clearId(RecordIds input, int place, CallOptions options) {
        if (options.records().clearId()
                && !options.dryRun()
                && input.keys().get(place) instanceof SourceRecord record) {
            record.acceptId(null);
        }
    }
}
