package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * What became of inserts whose answer was lost: they are never sent again, but where {@code externalIdField} names a field
 * by which they can be found, Salesforce is asked whether they are there.
 */
final class LostInserts {

    private LostInserts() {}

    /** Whether nobody knows what became of the request. */
    static boolean unknown(Throwable failure) {
        return failure instanceof TransportException lost && lost.outcomeUnknown()
                || failure instanceof ServerException broken && broken.outcomeUnknown()
                || failure instanceof UnreadableResponseException garbled && garbled.outcomeUnknown();
    }

    /** Answers for the batch; fails with the failure itself where they cannot be had. */
    static Future<List<WriteAnswer>> lookUp(Throwable failure, SaveBatch batch, Call call) {
        String field = call.options().externalIdField();
        List<String> types = batch.entries().stream()
                .map(entry -> entry.plan().type())
                .distinct()
                .toList();
        if (batch.action() != SavePlan.Action.INSERT || field == null || types.size() != 1 || !unknown(failure)) {
            return Future.failedFuture(failure);
        }
        List<Object> keys = new ArrayList<>();
        batch.entries().forEach(entry -> keys.add(key(entry.record(), field)));
        return ExternalIds.ids(call, types.get(0), keys)
                .map(ids -> ids.stream()
                        .map(found -> found.id() != null
                                ? new WriteAnswer(found.id(), true, true, List.of())
                                : new WriteAnswer(null, false, false, List.of(lost(failure, field))))
                        .toList())
                .recover(alsoFailed -> Future.failedFuture(failure));
    }

    /** The Id of the record that was to be inserted; fails with the failure itself where it is not there. */
    static Future<String> lookUp(Throwable failure, String type, SourceRecord record, Call call) {
        String field = call.options().externalIdField();
        Object key = field == null ? null : key(record, field);
        if (key == null || !unknown(failure)) {
            return Future.failedFuture(failure);
        }
        return ExternalIds.ids(call, type, List.of(key))
                .recover(alsoFailed -> Future.failedFuture(failure))
                .compose(ids -> ids.get(0).id() == null
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(ids.get(0).id()));
    }

    private static Object key(SourceRecord record, String field) {
        return FieldNames.value(record.fields(), field);
    }

    private static ApiError lost(Throwable failure, String field) {
        return new ApiError(
                failure.getClass().getSimpleName(),
                failure.getMessage() + "; looked up by " + field + ": it is not there, at least not yet",
                List.of());
    }
}
