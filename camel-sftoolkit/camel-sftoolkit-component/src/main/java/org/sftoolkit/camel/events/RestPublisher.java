package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.InvalidValueException;
import org.sftoolkit.camel.model.ObjectShape;
import org.sftoolkit.camel.model.PublishResult;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.records.RecordsClient;

/** Publishes through REST, a call for each event; the org checks them. */
final class RestPublisher implements PublishOperation.Publisher {

    private final String event;
    private final boolean single;
    private final RecordsClient records;
    private final Map<String, String> headers;

    RestPublisher(String channel, boolean single, OperationContext call) {
        this.single = single;
        this.event = ChannelName.event(channel);
        this.records = new RecordsClient(call.client());
        this.headers = call.options().requestHeaders();
    }

    @Override
    public EventEncoder.Encoded encode(SourceRecord record) {
        return new EventEncoder.Encoded(
                record.defect() == null ? new byte[0] : null,
                record.defect() == null
                        ? List.of()
                        : List.of(new SaveError("INVALID_FIELD", record.defect(), List.of(), false)));
    }

    @Override
    public Future<List<PublishResult>> publish(List<PublishOperation.Row> batch) {
        Future<List<PublishResult>> results = Future.succeededFuture(new java.util.ArrayList<>());
        for (PublishOperation.Row row : batch) {
            results = results.compose(so -> publish(row).map(result -> {
                so.add(result);
                return so;
            }));
        }
        return results;
    }

    private Future<PublishResult> publish(PublishOperation.Row row) {
        if (row.encoded().payload() == null) {
            return Future.succeededFuture(row.refused(row.encoded().errors()));
        }
        Map<String, Object> fields;
        try {
            fields = new SentFields()
                    .of(row.record(), row.record().fields().keySet(), java.util.Set.of(), ObjectShape.UNKNOWN);
        } catch (InvalidValueException e) {
            return Future.succeededFuture(row.refused(
                    List.of(new SaveError("INVALID_FIELD", String.valueOf(e.getMessage()), List.of(), false))));
        }
        return records.insert(event, fields, headers)
                .map(answer -> result(row, answer))
                .recover(failure -> failure instanceof RequestRejectedException refusal
                        ? Future.succeededFuture(row.refused(refusal.errors().stream()
                                .map(ApiError::toSaveError)
                                .toList()))
                        : failed(row, failure));
    }

    /** Beside others each row has its own outcome; alone it is that of the exchange. */
    private Future<PublishResult> failed(PublishOperation.Row row, Throwable failure) {
        return single ? Future.failedFuture(failure) : Future.succeededFuture(row.lost(failure));
    }

    private static PublishResult result(PublishOperation.Row row, WriteAnswer answer) {
        return answer.success()
                ? row.published(answer.eventId() == null ? answer.id() : answer.eventId(), null)
                : row.refused(
                        answer.errors().stream().map(ApiError::toSaveError).toList());
    }
}
