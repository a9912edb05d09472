package org.sftoolkit.emulator.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One request that was answered, or whose connection was dropped.
 *
 * @param resource the resource's name, such as {@code sobjects/{object}/{id}}
 * @param path percent-encoded, with the query
 * @param status the answer's status, 0 if no response was sent
 * @param userAgent empty if the client sent no such header
 * @param bodySize bytes of the request's body, decompressed
 * @param records number of records read or written
 * @param headers all headers of the request by lower-case name, credentials included, so that a leak can be asserted;
 *     shown by {@link #toString()} and over HTTP without them
 * @param body the beginning of the request's body, if {@link RequestLog#keepBodies} asked for it; else null
 * @param answerHeaders the headers of the answer, as far as they were set by the resource
 * @param answer the beginning of the answer's body, as {@code body}; null also for files and streams
 * @param took from the request's head until the answer was about to be sent
 */
public record LoggedRequest(
        Instant time,
        String method,
        String resource,
        String path,
        int status,
        String userAgent,
        long bodySize,
        int records,
        Map<String, String> headers,
        String body,
        Map<String, String> answerHeaders,
        String answer,
        Duration took) {

    private static final String MASK = "***";
    private static final Set<String> SECRET =
            Set.of("authorization", "cookie", "proxy-authorization", "x-sfdc-session", "accesstoken");
    private static final String NAMES =
            "client_secret|password|assertion|client_assertion|refresh_token|access_token|id_token|oauth_token|token|code"
                    + "|signature|sessionId";
    private static final Pattern IN_FORM = Pattern.compile("(?i)(?<=^|[?&])(" + NAMES + ")=[^&\\s]*");
    private static final Pattern IN_JSON =
            Pattern.compile("(?i)\"(" + NAMES + ")\"(\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+(\"|$)");
    private static final Pattern IN_XML = Pattern.compile("(?i)<((?:\\w+:)?(?:" + NAMES + "))>[^<]*");

    /** The headers without credentials. */
    public Map<String, String> safeHeaders() {
        Map<String, String> safe = new TreeMap<>(headers);
        safe.replaceAll((name, value) -> SECRET.contains(name) ? MASK : value);
        return safe;
    }

    /** The path without credentials in its query. */
    public String safePath() {
        return masked(path);
    }

    /** The body without credentials, or null. */
    public String safeBody() {
        return masked(body);
    }

    /** The answer's body without credentials, or null. */
    public String safeAnswer() {
        return masked(answer);
    }

    private static String masked(String text) {
        if (text == null) {
            return null;
        }
        String form = IN_FORM.matcher(text).replaceAll("$1=" + MASK);
        String json = IN_JSON.matcher(form).replaceAll("\"$1\"$2\"" + MASK + "$3");
        return IN_XML.matcher(json).replaceAll("<$1>" + MASK);
    }

    LoggedRequest withoutBodies() {
        return new LoggedRequest(
                time,
                method,
                resource,
                path,
                status,
                userAgent,
                bodySize,
                records,
                headers,
                null,
                answerHeaders,
                null,
                took);
    }

    @Override
    public String toString() {
        return method + " " + safePath() + " -> " + status + " " + safeHeaders();
    }
}
