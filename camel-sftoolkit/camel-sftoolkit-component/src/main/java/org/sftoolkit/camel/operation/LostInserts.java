package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
        if (keys.stream().allMatch(Objects::isNull)) {
            return Future.failedFuture(failure);
        }
        return ExternalIds.ids(call, types.get(0), keys)
                .map(ids -> IntStream.range(0, keys.size())
                        .mapToObj(i -> answer(ids.get(i).id(), keys.get(i), failure, field))
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
        Object key = FieldNames.value(record.fields(), field);
        return key == null || key.toString().isEmpty() ? null : key;
    }

    private static WriteAnswer answer(String id, Object key, Throwable failure, String field) {
        if (id != null) {
            return new WriteAnswer(id, true, true, List.of());
        }
        String looked = key == null
                ? "; it has no " + field + " to be looked up by"
                : "; looked up by " + field + ": it is not there, at least not yet";
        var lost = new ApiError(failure.getClass().getSimpleName(), failure.getMessage() + looked, List.of());
        return new WriteAnswer(null, false, false, List.of(lost));
    }
}
