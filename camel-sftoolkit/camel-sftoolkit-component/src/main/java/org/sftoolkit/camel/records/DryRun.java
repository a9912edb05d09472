package org.sftoolkit.camel.records;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;

/**
 * What Salesforce would answer to writes, as far as reading tells: whether the records exist. Rules, triggers and rights of the org
 * are not tried.
 */
final class DryRun {

    private static final ApiError ROLLED_BACK = new ApiError(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "Record rolled back because not all records were valid and the request was using AllOrNone header",
            List.of());

    private final OperationContext call;
    private final CallOptions options;

    DryRun(OperationContext call) {
        this.call = call;
        this.options = call.options();
    }

    /** Answers to plans of one kind of write, in their order. Those of upserts are of one object. */
    Future<List<WriteAnswer>> save(List<SavePlan> plans) {
        Future<List<WriteAnswer>> answers =
                switch (plans.get(0).action()) {
                    case INSERT ->
                        Future.succeededFuture(plans.stream()
                                .map(plan -> new WriteAnswer(null, true, true, List.of()))
                                .toList());
                    case UPDATE -> updates(plans);
                    default ->
                        ExternalIds.ids(
                                        call,
                                        plans.get(0).requiredType(),
                                        plans.stream().map(SavePlan::key).toList())
                                .map(found -> found.stream().map(this::upsert).toList());
                };
        return answers.map(this::wholeOrNone);
    }

    /**
     * Answers to deletes.
     *
     * @param type of the object; null if it is not known: whether the records exist is not looked up then
     */
    Future<List<WriteAnswer>> delete(@Nullable String type, List<String> ids) {
        return (type == null ? Future.<Set<String>>succeededFuture(null) : existing(type, ids))
                .map(known -> ids.stream()
                        .map(id -> known == null || known.contains(RecordId.of18(id))
                                ? new WriteAnswer(id, true, false, List.of())
                                : missing(id))
                        .toList())
                .map(this::wholeOrNone);
    }

    private Future<List<WriteAnswer>> updates(List<SavePlan> plans) {
        Map<String, List<String>> ids = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        plans.forEach(plan -> ids.computeIfAbsent(plan.requiredType(), type -> new ArrayList<>())
                .add(plan.requiredKey().toString()));
        Set<String> known = java.util.Collections.synchronizedSet(new HashSet<>());
        return Fanout.run(Fanout.of(ids.entrySet().iterator()), 1, one -> existing(one.getKey(), one.getValue())
                        .onSuccess(known::addAll))
                .map(done -> plans.stream()
                        .map(plan -> plan.requiredKey().toString())
                        .map(id -> known.contains(RecordId.of18(id))
                                ? new WriteAnswer(id, true, false, List.of())
                                : missing(id))
                        .toList());
    }

    /** Which of the records exist, each Id with 18 characters. */
    private Future<Set<String>> existing(String type, Collection<String> ids) {
        // one that is not an Id fails the whole request
        List<String> possible =
                ids.stream().map(String::strip).filter(RecordId::isId).toList();
        if (possible.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        return new CollectionsClient(call.client())
                .retrieve(type, possible, List.of("Id"))
                .map(records -> records.stream()
                        .filter(record -> record != null)
                        .map(SObject::id)
                        .filter(Objects::nonNull)
                        .map(RecordId::of18)
                        .collect(Collectors.toSet()));
    }

    private WriteAnswer upsert(ExternalIds.Found found) {
        if (found.problem() == null) {
            return new WriteAnswer(found.id(), true, false, List.of());
        }
        boolean isNew = found.problem().statusCode().equals("NOT_FOUND")
                && !options.records().updateOnly();
        return isNew
                ? new WriteAnswer(null, true, true, List.of())
                : new WriteAnswer(
                        null,
                        false,
                        null,
                        List.of(new ApiError(
                                found.problem().statusCode(),
                                found.problem().message(),
                                found.problem().fields())));
    }

    private static WriteAnswer missing(String id) {
        return new WriteAnswer(
                null,
                false,
                null,
                List.of(new ApiError("NOT_FOUND", "this user sees no record with the Id " + id, List.of())));
    }

    private List<WriteAnswer> wholeOrNone(List<WriteAnswer> answers) {
        boolean fails = options.records().allOrNone()
                && answers.size() > 1
                && !answers.stream().allMatch(WriteAnswer::success);
        return !fails
                ? answers
                : answers.stream()
                        .map(answer ->
                                answer.success() ? new WriteAnswer(null, false, null, List.of(ROLLED_BACK)) : answer)
                        .toList();
    }
}
