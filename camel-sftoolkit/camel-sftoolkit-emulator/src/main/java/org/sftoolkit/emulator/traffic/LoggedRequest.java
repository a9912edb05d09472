package org.sftoolkit.emulator.traffic;

import java.time.Instant;
import java.util.Map;

/**
 * One request that was answered, or whose connection was dropped.
 *
 * @param resource the resource's name, such as {@code sobjects/{object}/{id}}
 * @param path percent-encoded, with the query
 * @param status the answer's status, 0 when none was sent
 * @param userAgent empty when the client sent none
 * @param bodySize bytes of the request's body, decompressed
 * @param records number of records read or written
 * @param headers the request's {@code sforce-}, {@code if-}, {@code accept-encoding}, {@code content-} headers, by
 *     lower-case name; never credentials
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
        Map<String, String> headers) {}
