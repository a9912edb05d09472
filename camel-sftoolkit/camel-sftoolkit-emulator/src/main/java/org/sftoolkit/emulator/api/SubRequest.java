package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request within a composite request or a graph (REST API Developer Guide: "Composite Subrequest"). Immutable.
 *
 * @param body any JSON value, or null without one
 */
record SubRequest(String method, String url, String referenceId, Map<String, String> headers, Object body) {

    /** The release from which an illegal reference id fails the whole request. */
    private static final int STRICT_SINCE = 52;

    private static final Set<String> FORBIDDEN_HEADERS = Set.of("accept", "authorization", "content-type");

    /**
     * Reads a list of requests.
     *
     * @throws ApiException if the list is malformed, which refuses all of it
     */
    static List<SubRequest> list(Object json, int release) {
        if (!(json instanceof List<?> elements)) {
            throw malformed("The compositeRequest parameter must be an array of subrequests");
        }
        List<SubRequest> requests = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Object element : elements) {
            SubRequest request = read(element, release);
            if (!ids.add(request.referenceId())) {
                throw malformed("The referenceId '" + request.referenceId() + "' is used more than once");
            }
            requests.add(request);
        }
        return requests;
    }

    private static SubRequest read(Object element, int release) {
        if (!(element instanceof Map<?, ?> json)) {
            throw malformed("A subrequest must be an object");
        }
        String referenceId = text(json, "referenceId");
        String pattern = release >= STRICT_SINCE ? "[A-Za-z0-9][A-Za-z0-9_]*" : ".+";
        if (!referenceId.matches(pattern)) {
            throw malformed("Illegal referenceId: '" + referenceId + "'");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (json.get("httpHeaders") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(allowed(String.valueOf(name)), String.valueOf(value)));
        }
        return new SubRequest(
                text(json, "method").toUpperCase(Locale.ROOT),
                text(json, "url"),
                referenceId,
                Map.copyOf(headers),
                json.get("body"));
    }

    private static String allowed(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        if (FORBIDDEN_HEADERS.contains(name)) {
            throw malformed("The header '" + header + "' is not allowed in a subrequest");
        }
        return name;
    }

    private static String text(Map<?, ?> json, String key) {
        if (json.get(key) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw malformed("A subrequest needs a '" + key + "'");
    }

    /** The codes and texts of malformed composite requests are not documented; assumed. */
    static ApiException malformed(String message) {
        return new ApiException(400, "JSON_PARSER_ERROR", message);
    }

    /** Whether this is one of the requests of which a composite request may hold five only. */
    boolean isCostly() {
        String path = url.split("\\?", 2)[0].toLowerCase(Locale.ROOT);
        return path.matches("/services/data/[^/]+/(composite/sobjects|query|queryall)(/.*)?");
    }
}
