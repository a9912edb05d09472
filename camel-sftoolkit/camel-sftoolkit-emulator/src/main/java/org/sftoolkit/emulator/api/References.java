package org.sftoolkit.emulator.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The answers so far of a composite request, and what later requests take from them by {@code @{id.field}} (REST API
 * Developer Guide: "Composite Resource"). Used by one thread.
 */
final class References {

    private static final Pattern REFERENCE =
            Pattern.compile("(?:@|%40)(?:\\{|%7[Bb])(\\w+)((?:\\.\\w+|\\[\\d{1,9}]){0,20})(?:}|%7[Dd])");
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[(\\d{1,9})]");

    private final Map<String, Object> bodies = new HashMap<>();
    private final Map<String, Integer> depths = new HashMap<>();

    /** The target of a reference does not exist. */
    static final class UnresolvedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnresolvedException(String expression, String referenceId) {
            super(
                    "Invalid reference specified. No value for " + expression + " found in " + referenceId,
                    null,
                    false,
                    false);
        }
    }

    /** Keeps the body of a successful answer. */
    void add(String referenceId, Object body) {
        bodies.put(referenceId, body);
    }

    /** The address with its references replaced. */
    String url(String url) {
        return text(
                url,
                value -> value == null
                        ? ""
                        : URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)
                                .replace("+", "%20"));
    }

    /** The JSON value with its references replaced; a text that is nothing but a reference takes the value's type. */
    Object body(Object json) {
        if (json instanceof Map<?, ?> map) {
            Map<String, Object> replaced = new LinkedHashMap<>();
            map.forEach((key, value) -> replaced.put((String) key, body(value)));
            return replaced;
        }
        if (json instanceof List<?> list) {
            return list.stream().map(this::body).collect(Collectors.toList());
        }
        if (!(json instanceof String text)) {
            return json;
        }
        Matcher whole = REFERENCE.matcher(text);
        return whole.matches() ? value(whole) : text(text, value -> value == null ? "" : value.toString());
    }

    /** How many requests deep the request is that holds these references: 1 without any. */
    int depth(SubRequest request) {
        Matcher matcher = REFERENCE.matcher(request.url() + " " + request.body());
        int depth = 1;
        while (matcher.find()) {
            depth = Math.max(depth, 1 + depths.getOrDefault(matcher.group(1), 0));
        }
        depths.put(request.referenceId(), depth);
        return depth;
    }

    private String text(String text, Function<Object, String> shown) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(shown.apply(value(matcher))));
        }
        return matcher.appendTail(replaced).toString();
    }

    private Object value(Matcher reference) {
        String id = reference.group(1);
        String path = reference.group(2);
        if (!bodies.containsKey(id)) {
            throw new UnresolvedException(id + path, id);
        }
        // Plain maps and lists, whatever the handler answered with.
        Object at = Json.read(Json.write(bodies.get(id)));
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            String key = steps.group(1);
            if (key != null && at instanceof Map<?, ?> map && map.containsKey(key)) {
                at = map.get(key);
            } else if (key == null && at instanceof List<?> list && Integer.parseInt(steps.group(2)) < list.size()) {
                at = list.get(Integer.parseInt(steps.group(2)));
            } else {
                throw new UnresolvedException(id + path, id);
            }
        }
        return at;
    }
}
