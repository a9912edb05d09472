package org.sftoolkit.camel.rest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Request;

/** Bodies of composite requests: paths without a version get the connection's, records of trees their attributes. */
final class CompositeJson {

    private CompositeJson() {}

    /** URLs from {@code /services/data/} on. */
    static Function<String, Body> composite(Map<String, Object> body) {
        return base -> json(changed(body, "compositeRequest", request -> located(request, base + '/')));
    }

    /** URLs from the version on, as in {@code v66.0/sobjects/Account}. */
    static Function<String, Body> batch(Map<String, Object> body) {
        return base -> {
            String version = base.substring(base.lastIndexOf('/') + 1) + '/';
            return json(changed(body, "batchRequests", request -> located(request, version)));
        };
    }

    static Function<String, Body> graph(Map<String, Object> body) {
        return base -> json(changed(
                body, "graphs", graph -> changed(graph, "compositeRequest", request -> located(request, base + '/'))));
    }

    static Function<String, Body> tree(String type, Map<String, Object> body) {
        return base -> {
            var names = new TreeNames();
            return json(changed(body, "records", record -> names.record(record, type)));
        };
    }

    /** How many records a tree has, children included. */
    static int treeSize(Map<String, Object> body) {
        var names = new TreeNames();
        maps(body.get("records")).forEach(record -> names.record(record, ""));
        return names.last;
    }

    /** HTTP methods of all requests within the body. */
    static Stream<String> methods(Map<?, ?> body) {
        return Stream.of("compositeRequest", "batchRequests", "graphs")
                .flatMap(key -> maps(body.get(key)).stream())
                .flatMap(part -> part.containsKey("method")
                        ? Stream.of(String.valueOf(part.get("method")).toUpperCase(Locale.ROOT))
                        : methods(part));
    }

    /** Whether no request within the body writes. */
    static boolean onlyReads(Map<?, ?> body) {
        return Stream.of("compositeRequest", "batchRequests", "graphs")
                .flatMap(key -> maps(body.get(key)).stream())
                .allMatch(part -> part.containsKey("method")
                        ? "GET".equalsIgnoreCase(String.valueOf(part.get("method")))
                                && !Request.get(String.valueOf(part.get("url"))).writes()
                        : onlyReads(part));
    }

    private static Body json(Map<?, ?> body) {
        return ApiJson.body(json -> WireJson.writeMap(json, body));
    }

    private static Map<String, Object> located(Map<String, Object> request, String base) {
        var copy = new LinkedHashMap<>(request);
        copy.computeIfPresent("url", (key, url) -> {
            String path = url.toString();
            return path.startsWith("/services/") || path.matches("v\\d+\\.\\d/.*") || path.startsWith("@{")
                    ? path
                    : base + (path.startsWith("/") ? path.substring(1) : path);
        });
        return copy;
    }

    private static Map<String, Object> changed(
            Map<String, Object> body, String key, UnaryOperator<Map<String, Object>> change) {
        var copy = new LinkedHashMap<>(body);
        var parts = new ArrayList<Map<String, Object>>();
        maps(body.get(key)).forEach(part -> parts.add(change.apply(part)));
        copy.put(key, parts);
        return copy;
    }

    static List<Map<String, Object>> maps(@Nullable Object parts) {
        var maps = new ArrayList<Map<String, Object>>();
        if (parts instanceof Collection<?> many) {
            for (Object part : many) {
                if (!(part instanceof Map<?, ?> map)) {
                    throw new IllegalArgumentException("each part of a composite request must be a map, not " + part);
                }
                maps.add(withTextKeys(map));
            }
        }
        return maps;
    }

    private static Map<String, Object> withTextKeys(Map<?, ?> map) {
        if (map instanceof SObject record) {
            return record;
        }
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** Gives the records of a tree the attributes that they lack, and their lists of children their wrapping. */
    private static final class TreeNames {

        private int last;

        private Map<String, Object> record(Map<String, Object> record, @Nullable String type) {
            var copy = new LinkedHashMap<String, Object>();
            var attributes = new LinkedHashMap<String, Object>();
            attributes.put("type", record instanceof SObject typed && typed.type() != null ? typed.type() : type);
            attributes.put("referenceId", "ref" + ++last);
            if (record.get("attributes") instanceof Map<?, ?> given) {
                attributes.putAll(withTextKeys(given));
            }
            if (attributes.get("type") == null) {
                throw new IllegalArgumentException(
                        "a child record of a tree has no object: use an SObject, or set attributes.type");
            }
            copy.put("attributes", attributes);
            record.forEach((field, value) -> {
                if (!field.equals("attributes")) {
                    copy.put(field, children(value));
                }
            });
            return copy;
        }

        private Object children(Object value) {
            Object records = value instanceof Map<?, ?> map && map.get("records") != null ? map.get("records") : value;
            if (!(records instanceof Collection<?> many) || many.stream().noneMatch(Map.class::isInstance)) {
                return value;
            }
            var named = new ArrayList<Map<String, Object>>();
            maps(many).forEach(child -> named.add(record(child, null)));
            return Map.of("records", named);
        }
    }
}
