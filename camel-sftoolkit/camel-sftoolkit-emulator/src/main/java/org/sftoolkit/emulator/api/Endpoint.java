package org.sftoolkit.emulator.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of the table of supported endpoints.
 *
 * @param method the HTTP method
 * @param template the path, with {@code {names}} for segments that vary
 * @param access what the call must bring along
 * @param handler does the work
 * @param slow whether the work may take long, and so is not to be done on an event loop
 * @param toDisk whether the request's body goes to a file and not into memory
 */
public record Endpoint(
        String method, String template, Access access, ApiHandler handler, boolean slow, boolean toDisk) {

    /** What a call must bring along, and what it costs. */
    public enum Access {
        /** Nothing. */
        OPEN,
        /** A living session; counted as a call of the API. */
        SESSION,
        /** Nothing; not logged, not counted, never faulty: the emulator's own resources. */
        ADMIN
    }

    static Endpoint data(String method, String resource, ApiHandler handler) {
        return new Endpoint(method, "/services/data/{version}" + resource, Access.SESSION, handler, false, false);
    }

    static Endpoint open(String method, String path, ApiHandler handler) {
        return new Endpoint(method, path, Access.OPEN, handler, false, false);
    }

    /** A resource of the emulator itself, which Salesforce does not have. */
    public static Endpoint admin(String method, String path, ApiHandler handler) {
        return new Endpoint(method, path, Access.ADMIN, handler, false, false);
    }

    /** This endpoint, worked on by a worker thread. */
    public Endpoint offLoop() {
        return new Endpoint(method, template, access, handler, true, toDisk);
    }

    /** This endpoint, with its body as {@link RequestBody#SPOOLED}. */
    Endpoint spooled() {
        return new Endpoint(method, template, access, handler, slow, true);
    }

    /**
     * The name of the resource in request logs and fault rules: the template without what all paths share, such as {@code
     * sobjects/{object}/{id}} or {@code oauth2/token}.
     */
    public String resource() {
        String path = template.replace("/services/data/{version}", "/services").replace("/services/", "");
        return path.equals("/services") ? "version" : path.startsWith("/") ? path.substring(1) : path;
    }

    /** The segments of the template. */
    List<String> segments() {
        return template.equals("/") ? List.of() : List.of(template.substring(1).split("/"));
    }

    /** The decoded values of the template's names, or nothing when the path does not fit. */
    static Optional<Map<String, String>> match(List<String> wanted, List<String> segments) {
        if (wanted.size() != segments.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).charAt(0) != '{' && !wanted.get(i).equalsIgnoreCase(segments.get(i))) {
                return Optional.empty();
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String want = wanted.get(i);
            if (want.charAt(0) == '{') {
                values.put(want.substring(1, want.length() - 1), decoded(segments.get(i)));
            }
        }
        return Optional.of(values);
    }

    /** In a path, unlike in a query, {@code +} is itself. */
    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "BAD_REQUEST", "Illegal percent-encoding in the path: " + segment);
        }
    }
}
