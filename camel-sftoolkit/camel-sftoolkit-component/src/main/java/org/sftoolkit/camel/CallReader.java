package org.sftoolkit.camel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.sftoolkit.camel.body.BodyConversion;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.operation.BulkInput;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.JobKeys;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.QueryInput;
import org.sftoolkit.camel.operation.RawInput;

/** Reads from an exchange what an operation works on. */
final class CallReader {

    private CallReader() {}

    /** The input in the type that the operation takes, by Camel's converters. */
    static <I> I input(Exchange exchange, Operation<I> operation, CallOptions options) throws Exception {
        Class<I> type = operation.input();
        Message message = exchange.getMessage();
        if (type == BulkInput.class) {
            return type.cast(RecordBodies.bulk(exchange, options.bulk().delimiter()));
        }
        if (type == Records.class) {
            return type.cast(RecordBodies.records(exchange, options.bulk().delimiter()));
        }
        if (type == JobKeys.class) {
            return type.cast(jobKeys(exchange));
        }
        if (type == QueryInput.class) {
            return type.cast(Binds.input(exchange));
        }
        if (type == RawInput.class) {
            return type.cast(RawBodies.read(exchange));
        }
        if (type == NoInput.class) {
            return type.cast(new NoInput());
        }
        if (type == Upload.class) {
            return type.cast(UploadBody.read(exchange, options.sObject()));
        }
        Object id = type == RecordIds.class
                ? IdHeader.read(exchange, options.sObject(), options.records().externalIdField(), operation.leftId())
                : null;
        return BodyConversion.read(exchange, id == null ? message.getBody() : id, type);
    }

    private static String jobKey(Object key) {
        if (key instanceof JobInfo job) {
            return job.id();
        }
        if (key instanceof CharSequence id) {
            return id.toString().strip();
        }
        if (key instanceof JsonNode json && json.isTextual()) {
            return json.textValue().strip();
        }
        throw new InvalidBodyException(
                (key == null ? "null" : "a value of " + key.getClass().getName())
                        + " names no job: give the id as text, what a load gave (JobInfo, BulkResult), or a list of"
                        + " these",
                null);
    }

    private static JobKeys jobKeys(Exchange exchange) {
        Object named = IdHeader.readJobs(exchange);
        if (named == null
                || named instanceof CharSequence text && text.toString().isBlank()) {
            return new JobKeys(List.of());
        }
        Collection<?> all = named instanceof Collection<?> many ? many : List.of(named);
        return new JobKeys(all.stream().map(CallReader::jobKey).toList());
    }
}
