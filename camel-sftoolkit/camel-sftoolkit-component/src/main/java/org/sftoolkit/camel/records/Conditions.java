package org.sftoolkit.camel.records;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.CallOptions;

/**
 * Conditions under which Salesforce carries out a request on one record.
 *
 * @param ifModifiedSince null for no condition
 * @param ifUnmodifiedSince null for no condition
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_conditional.htm">REST
 *     API Developer Guide: Conditional Requests</a>
 */
record Conditions(@Nullable Instant ifModifiedSince, @Nullable Instant ifUnmodifiedSince) {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    static Conditions of(CallOptions options) {
        return new Conditions(
                options.records().ifModifiedSince(), options.records().ifUnmodifiedSince());
    }

    /** Salesforce knows conditions for one record only; to ignore them would write what must not be written. */
    static void refuseForLists(CallOptions options) {
        if (options.records().ifModifiedSince() != null || options.records().ifUnmodifiedSince() != null) {
            throw new IllegalArgumentException(
                    "ifModifiedSince and ifUnmodifiedSince work for one record only: split the list first");
        }
    }

    /** Headers of a reading request. */
    Map<String, String> read(Map<String, String> headers) {
        return with(with(headers, "If-Modified-Since", ifModifiedSince), "If-Unmodified-Since", ifUnmodifiedSince);
    }

    /** Headers of a writing request. */
    Map<String, String> write(Map<String, String> headers) {
        return with(headers, "If-Unmodified-Since", ifUnmodifiedSince);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, @Nullable Instant at) {
        if (at == null) {
            return headers;
        }
        var more = new LinkedHashMap<>(headers);
        more.put(name, HTTP_DATE.format(at.atOffset(ZoneOffset.UTC)));
        return more;
    }
}
