package org.sftoolkit.camel.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.model.CompositeResult;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.DuplicateMatch;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.redaction.Redaction;

/** Reads the answers of composite requests; one that lacks the part of a request, or has another's, is not an answer. */
final class CompositeAnswers {

    private CompositeAnswers() {}

    static CompositeResults composite(Map<?, ?> answer, Map<String, Object> sent) {
        List<CompositeResult> results = parts(answer, null);
        requireParts(results, sent);
        return new CompositeResults(results);
    }

    static CompositeResults graph(Map<?, ?> answer, Map<String, Object> sent) {
        var results = new ArrayList<CompositeResult>();
        var asked = new HashMap<String, Map<String, Object>>();
        CompositeJson.maps(sent.get("graphs")).forEach(graph -> asked.put(text(graph.get("graphId")), graph));
        List<Map<?, ?>> graphs = maps(answer, "graphs");
        requireSize(graphs.size(), asked.size());
        for (Map<?, ?> graph : graphs) {
            if (!(graph.get("graphResponse") instanceof Map<?, ?> response)) {
                throw new IllegalStateException("a graph has no graphResponse");
            }
            String id = text(graph.get("graphId"));
            List<CompositeResult> parts = parts(response, id);
            boolean whole = parts.stream().allMatch(CompositeResult::success);
            if (!(graph.get("isSuccessful") instanceof Boolean success) || success && !whole || !success && whole) {
                throw new IllegalStateException("a graph does not say whether it succeeded");
            }
            Map<String, Object> request = asked.remove(id);
            if (request == null) {
                throw new IllegalStateException("the answer contains a graph that was not sent");
            }
            if (success) {
                requireParts(parts, request);
            }
            results.addAll(parts);
        }
        return new CompositeResults(results);
    }

    static CompositeResults batch(Map<?, ?> answer, Map<String, Object> sent) {
        List<CompositeResult> results = maps(answer, "results").stream()
                .map(part -> result(null, null, part.get("statusCode"), part.get("result"), Map.of()))
                .toList();
        requireSize(
                results.size(), CompositeJson.maps(sent.get("batchRequests")).size());
        return new CompositeResults(results);
    }

    /** @param size records that were sent; of a tree that is refused only those that are wrong come back */
    static CompositeResults tree(Map<?, ?> answer, int size) {
        List<CompositeResult> results = maps(answer, "results").stream()
                .map(part -> {
                    List<SaveError> errors = errors(part.get("errors"));
                    return new CompositeResult(
                            null, text(part.get("referenceId")), errors.isEmpty() ? 201 : 400, part, Map.of(), errors);
                })
                .toList();
        boolean refused = results.stream().anyMatch(part -> !part.success());
        if (!refused) {
            requireSize(results.size(), size);
        }
        if (results.stream().anyMatch(part -> part.success() && part.id() == null)) {
            throw new IllegalStateException("a created record has no Id");
        }
        return new CompositeResults(results);
    }

    /** One part for each request of the body, under its name. */
    private static void requireParts(List<CompositeResult> results, Map<String, Object> sent) {
        List<String> names = CompositeJson.maps(sent.get("compositeRequest")).stream()
                .map(request -> text(request.get("referenceId")))
                .sorted(Comparator.nullsFirst(Comparator.naturalOrder()))
                .toList();
        List<String> told = results.stream()
                .map(CompositeResult::referenceId)
                .sorted(Comparator.nullsFirst(Comparator.naturalOrder()))
                .toList();
        if (!names.equals(told)) {
            throw new IllegalStateException("the answer contains parts for requests that were not sent");
        }
    }

    private static void requireSize(int size, int expected) {
        if (size != expected) {
            throw new IllegalStateException("the answer has " + size + " results for " + expected + " requests");
        }
    }

    private static List<CompositeResult> parts(Map<?, ?> answer, @Nullable String graphId) {
        return maps(answer, "compositeResponse").stream()
                .map(part -> result(
                        graphId,
                        text(part.get("referenceId")),
                        part.get("httpStatusCode"),
                        part.get("body"),
                        headers(part.get("httpHeaders"))))
                .toList();
    }

    private static CompositeResult result(
            @Nullable String graphId,
            @Nullable String referenceId,
            @Nullable Object status,
            @Nullable Object body,
            Map<String, Object> headers) {
        if (!(status instanceof Integer code)) {
            throw new IllegalStateException("a part has no status");
        }
        List<SaveError> errors = code < 400 ? List.of() : errors(body);
        return new CompositeResult(
                graphId, referenceId, code, code < 400 ? body : withoutSecrets(body), headers, errors);
    }

    // what a refusal says is not data
    private static @Nullable Object withoutSecrets(@Nullable Object refusal) {
        if (refusal instanceof Map<?, ?> map) {
            var clear = new LinkedHashMap<Object, Object>();
            map.forEach((name, value) -> clear.put(name, withoutSecrets(value)));
            return clear;
        }
        if (refusal instanceof Collection<?> many) {
            var clear = new ArrayList<Object>();
            many.forEach(each -> clear.add(withoutSecrets(each)));
            return clear;
        }
        return refusal instanceof String text ? Redaction.of(text) : refusal;
    }

    private static List<SaveError> errors(@Nullable Object body) {
        var errors = new ArrayList<SaveError>();
        Collection<?> all = body instanceof Collection<?> many ? many : java.util.Collections.singleton(body);
        for (Object each : all) {
            if (each instanceof Map<?, ?> error) {
                Object code = error.containsKey("errorCode") ? error.get("errorCode") : error.get("statusCode");
                var fields = new ArrayList<String>();
                if (error.get("fields") instanceof Collection<?> names) {
                    names.forEach(name -> fields.add(text(name)));
                }
                var duplicates = new ArrayList<DuplicateMatch>();
                error.forEach((name, value) -> {
                    if (DuplicateMatch.isKey(String.valueOf(name))) {
                        duplicates.addAll(DuplicateMatch.of(value));
                    }
                });
                errors.add(new ApiError(
                                Objects.toString(code, ""),
                                Objects.toString(error.get("message"), ""),
                                fields,
                                duplicates)
                        .toSaveError());
            }
        }
        return errors;
    }

    private static Map<String, Object> headers(@Nullable Object headers) {
        var copy = new LinkedHashMap<String, Object>();
        if (headers instanceof Map<?, ?> map) {
            map.forEach((name, value) -> copy.put(text(name), value));
        }
        return copy;
    }

    private static List<Map<?, ?>> maps(Map<?, ?> answer, String key) {
        if (!(answer.get(key) instanceof Collection<?> parts)) {
            throw new IllegalStateException("the answer has no " + key);
        }
        var maps = new ArrayList<Map<?, ?>>();
        for (Object part : parts) {
            if (!(part instanceof Map<?, ?> map)) {
                throw new IllegalStateException("a part of " + key + " is not an object");
            }
            maps.add(map);
        }
        return maps;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
