package org.sftoolkit.emulator.traffic;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One request that was answered, or whose connection was dropped.
 *
 * @param resource the resource's name, such as {@code sobjects/{object}/{id}}
 * @param path percent-encoded, with the query
 * @param status the answer's status, 0 when none was sent
 * @param userAgent empty when the client sent none
 * @param bodySize bytes of the request's body, decompressed
 * @param records number of records read or written
 * @param headers all headers of the request by lower-case name, credentials included, so that a leak can be asserted; shown
 *     by {@link #toString()} and over HTTP without them
 * @param body the beginning of the request's body, if {@link RequestLog#keepBodies} asked for it; else null
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
        String body) {

    private static final Set<String> SECRET =
            Set.of("authorization", "cookie", "proxy-authorization", "x-sfdc-session");

    /** The headers without credentials. */
    public Map<String, String> safeHeaders() {
        Map<String, String> safe = new TreeMap<>(headers);
        safe.replaceAll((name, value) -> SECRET.contains(name) ? "***" : value);
        return safe;
    }

    @Override
    public String toString() {
        return method + " " + path + " -> " + status + " " + safeHeaders();
    }
}
