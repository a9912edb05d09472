package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Descriptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;

/** Saves one record; a refusal is an exception, so that routes handle it by type. */
final class SaveOne {

    private final CallOptions options;
    private final RecordsClient records;
    private final OperationContext call;

    SaveOne(OperationContext call) {
        this.call = call;
        this.options = call.options();
        this.records = new RecordsClient(call.client());
    }

    Future<Outcome> save(SourceRecord record) {
        String type = SavePlan.type(record, options);
        if (type == null || !SavePlan.needsDescription(record, options)) {
            return save(record, plan(record, null));
        }
        Future<ObjectDescription> description = call.client().metadata().describe(type);
        return (options.records().writing().stripReadOnly() ? description : Descriptions.ifKnown(description))
                .compose(known -> save(record, plan(record, known)));
    }

    private SavePlan plan(SourceRecord record, @Nullable ObjectDescription description) {
        return SavePlan.of(record, options, new SentFields(), description);
    }

    private Future<Outcome> save(SourceRecord record, SavePlan plan) {
        long began = System.nanoTime();
        return switch (plan.action()) {
            case REFUSE -> Future.failedFuture(refusal(plan));
            case SKIP -> Future.succeededFuture(outcome(SaveResult.unchanged(0, record.id(), record.origin())));
            default ->
                written(plan)
                        .recover(failure -> plan.action() == SavePlan.Action.INSERT
                                ? InsertOutcomeLookup.lookUp(failure, plan, record, began, call)
                                : Future.failedFuture(failure))
                        .map(answer -> saved(record, answer, options.dryRun()))
                        .compose(result -> options.records().reload() && !options.dryRun()
                                ? reload(record, plan.requiredType(), result)
                                : done(result))
                        .map(SaveOne::outcome);
        };
    }

    private Map<String, String> headers() {
        return Conditions.of(options).write(options.writeHeaders());
    }

    private Future<WriteAnswer> written(SavePlan plan) {
        return options.dryRun() ? new DryRun(call).save(List.of(plan)).map(answers -> answers.get(0)) : write(plan);
    }

    private Future<WriteAnswer> write(SavePlan plan) {
        return switch (plan.action()) {
            case INSERT ->
                records.insert(plan.requiredType(), plan.fields(), headers())
                        .map(answer -> new WriteAnswer(answer.id(), answer.success(), true, answer.errors()));
            case UPDATE ->
                records.update(plan.requiredType(), plan.requiredKey().toString(), plan.fields(), headers())
                        .map(done -> new WriteAnswer(plan.requiredKey().toString(), true, false, List.of()));
            default ->
                records.upsert(
                        RecordKey.of(plan.requiredType(), options.externalIdField(), plan.requiredKey()),
                        plan.fields(),
                        options.records().updateOnly(),
                        headers());
        };
    }

    private static SaveResult saved(SourceRecord record, WriteAnswer answer, boolean dryRun) {
        if (!answer.success()) {
            throw new RequestRejectedException(
                    dryRun ? "Salesforce would reject the record" : "Salesforce rejected the record",
                    new Answer(200, answer.errors(), null));
        }
        if (answer.eventId() != null) {
            // an event has no record, and so its answer no Id of one
            return SaveResult.written(0, answer.eventId(), true, record.origin());
        }
        if (!dryRun) {
            if (answer.id() != null && record.id() == null) {
                record.acceptId(answer.id());
            }
            record.saved();
        }
        String id = answer.id() != null ? answer.id() : record.id();
        return SaveResult.written(0, id, Boolean.TRUE.equals(answer.created()), record.origin());
    }

    private Future<SaveResult> reload(SourceRecord record, String type, SaveResult result) {
        return records.fetch(RecordKey.id(type, Objects.requireNonNull(result.id())), options.fields())
                .map(read -> {
                    record.merge(read);
                    return result;
                })
                // not to be repeated as it is: a record that is given as text would be created again
                .recover(failure -> Future.failedFuture(new PartialFailureException(
                        "the record was saved as " + result.id() + " and cannot be read back",
                        new SaveResults(List.of(result)),
                        failure)));
    }

    private static Future<SaveResult> done(SaveResult result) {
        return Future.succeededFuture(result);
    }

    private static RequestRejectedException refusal(SavePlan plan) {
        var problem = plan.requiredProblem();
        return new RequestRejectedException(
                "the record cannot be sent",
                new Answer(0, List.of(new ApiError(problem.statusCode(), problem.message(), problem.fields())), null));
    }

    private static Outcome outcome(SaveResult result) {
        var headers = new HashMap<OutcomeHeader, Object>();
        headers.put(OutcomeHeader.ID, result.id());
        headers.put(OutcomeHeader.CREATED, result.created());
        return Outcome.of(result, headers);
    }
}
