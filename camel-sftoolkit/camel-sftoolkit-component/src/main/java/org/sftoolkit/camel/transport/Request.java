package org.sftoolkit.camel.transport;

import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.RecordId;

/**
 * A request to Salesforce. Immutable; each filter passes on what it changed as a copy.
 *
 * @param method HTTP method
 * @param path percent-encoded, with its query string: a full URL; or absolute below the instance when it begins with
 *     {@code /services/}; else below {@code /services/data/vNN.N}
 * @param headers further headers; never null
 * @param body what it carries
 * @param replay the effect of a repetition
 * @param sink takes the body of a successful response while it arrives; null to have it in the {@link Response}
 * @param tally counts the calls, or null
 */
public record Request(
        HttpMethod method,
        String path,
        Map<String, String> headers,
        Body body,
        Replay replay,
        @Nullable Sink sink,
        @Nullable CallCounter tally) {

    private static final Pattern ANONYMOUS_APEX = Pattern.compile("(^|/)executeanonymous/*$");

    private static final String OBJECTS = "/sobjects/";

    /** A reading request. */
    public static Request get(String path) {
        return new Request(HttpMethod.GET, path, Map.of(), Body.NONE, Replay.SAFE, null, null);
    }

    /** A request with a body. */
    public static Request of(HttpMethod method, String path, Body body, Replay replay) {
        return new Request(method, path, Map.of(), body, replay, null, null);
    }

    /** The same request with this header set. */
    public Request withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    /** The same request with these headers added, each replaces one with the same name. */
    public Request withHeaders(Map<String, String> added) {
        if (added.isEmpty()) {
            return this;
        }
        return new Request(method, path, joined(headers, added), body, replay, sink, tally);
    }

    private static Map<String, String> joined(Map<String, String> headers, Map<String, String> added) {
        if (headers.isEmpty()) {
            return Map.copyOf(added);
        }
        var more = new LinkedHashMap<>(headers);
        more.putAll(added);
        return more;
    }

    /** The same request to another place. */
    public Request to(String newPath) {
        return new Request(method, newPath, headers, body, replay, sink, tally);
    }

    /** The same request whose answer goes into the sink. */
    public Request into(Sink target) {
        return new Request(method, path, headers, body, replay, target, tally);
    }

    /** The same request with another body. */
    Request carrying(Body other) {
        return new Request(method, path, headers, other, replay, sink, tally);
    }

    /** The same request, counted by this counter. */
    public Request countedBy(CallCounter counter) {
        return new Request(method, path, headers, body, replay, sink, counter);
    }

    /** Method and path without host, query string and external ids, which may hold data: for logs and exceptions. */
    public String line() {
        return method.name() + ' ' + withoutExternalId(resource());
    }

    /** The path without host and query string. */
    String resource() {
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        int scheme = bare.indexOf("://");
        int slash = scheme < 0 ? 0 : bare.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : bare.substring(slash);
    }

    /** The media type in the {@code Accept} header; null without one. */
    public @Nullable String accept() {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase("Accept")) {
                return header.getValue();
            }
        }
        return null;
    }

    /**
     * Whether this type is acceptable. A missing type is, and a request without {@code Accept} accepts any.
     *
     * @param contentType of the answer, or null
     */
    boolean accepts(@Nullable String contentType) {
        String asked = accept();
        return contentType == null
                || asked == null
                || asked.contains("*")
                || asked.contains(",")
                || mediaType(asked).equals(mediaType(contentType));
    }

    private static String mediaType(String header) {
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Whether it is a conditional request, the only kind that may be answered with 304. */
    boolean conditional() {
        return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                && headers.keySet().stream()
                        .anyMatch(name ->
                                name.equalsIgnoreCase("If-Modified-Since") || name.equalsIgnoreCase("If-None-Match"));
    }

    /** Whether it may be answered with a part (206): if it asks for one, or its resource is not one of Salesforce. */
    boolean partial() {
        return path.contains("/apexrest/") || headers.keySet().stream().anyMatch("Range"::equalsIgnoreCase);
    }

    /** In {@code sobjects/Account/Key__c/value} the value is data; in {@code sobjects/Account/001.../Body} nothing is. */
    private static String withoutExternalId(String path) {
        int object = path.indexOf(OBJECTS);
        int second = object < 0 ? -1 : path.indexOf('/', object + OBJECTS.length());
        int third = second < 0 ? -1 : path.indexOf('/', second + 1);
        return third < 0 || RecordId.isId(path.substring(second + 1, third))
                ? path
                : path.substring(0, third + 1) + "...";
    }

    /** Whether it may be sent again though Salesforce may have carried it out. */
    public boolean repeatable() {
        return replay.repeatable() && body.repeatable();
    }

    /**
     * Whether it may change the org. Jobs that query change nothing; anonymous Apex may change all, though a GET runs it.
     */
    public boolean writes() {
        String resource = resource().toLowerCase(Locale.ROOT);
        return replay == Replay.SAFE
                ? ANONYMOUS_APEX.matcher(decoded(resource)).find()
                : !(resource.contains("/jobs/query/") || resource.endsWith("/jobs/query"));
    }

    /** The server decodes a path before it looks what it names. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) { // it cannot be decoded by the server either
            return path;
        }
    }

    /** Same as {@link #line()}, because headers and body may contain secrets. */
    @Override
    public String toString() {
        return line();
    }
}
