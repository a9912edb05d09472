package org.sftoolkit.emulator.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.sftoolkit.emulator.org.Row;

/** Conditional requests (REST API Developer Guide: "Conditional Request Headers"). */
final class Preconditions {

    private static final String GZIP = "--gzip";

    private Preconditions() {}

    /**
     * The answer 304 for a row or description that is not to be sent again, or nothing.
     *
     * @param etag null for resources without entity tags
     * @throws ApiException 412 when the client wanted another state
     */
    static Optional<Answer> checkRead(ApiCall call, Instant modified, String etag) {
        checkUnmodified(call, modified, etag);
        boolean same = matches(call, "If-None-Match", etag)
                || time(call, "If-Modified-Since")
                        .filter(since ->
                                !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(since))
                        .isPresent();
        return same ? Optional.of(Answer.empty(304)) : Optional.empty();
    }

    /**
     * Refuses to write a row that is not in the state that the client names.
     *
     * @throws ApiException 412, or 400 for an unreadable header
     */
    static void checkWrite(ApiCall call, Row row) {
        String etag = etag(row);
        Instant modified = modified(row);
        checkUnmodified(call, modified, etag);
        boolean unmet = matches(call, "If-None-Match", etag)
                || time(call, "If-Modified-Since")
                        .filter(since -> !modified.isAfter(since))
                        .isPresent();
        if (unmet) {
            throw failed();
        }
    }

    /** When the row was written last. */
    static Instant modified(Row row) {
        Object modified = row.get("LastModifiedDate") == null ? row.get("SystemModstamp") : row.get("LastModifiedDate");
        return modified instanceof Instant instant ? instant : Instant.EPOCH;
    }

    /** The entity tag of an account's state; null for all other objects. */
    static String etag(Row row) {
        if (!row.schema().name().equals("Account")) {
            return null;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(row.state().getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** The answer with the headers that a later conditional request refers to. */
    static Answer marked(ApiCall call, Answer answer, Instant modified, String etag) {
        Answer marked = answer.with("Last-Modified", httpDate(modified));
        if (etag == null) {
            return marked;
        }
        boolean zipped = call.header("Accept-Encoding")
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
        return marked.with("ETag", '"' + etag + (zipped ? GZIP : "") + '"');
    }

    private static void checkUnmodified(ApiCall call, Instant modified, String etag) {
        boolean otherTag = etag != null && call.header("If-Match").isPresent() && !matches(call, "If-Match", etag);
        boolean later = time(call, "If-Unmodified-Since")
                .filter(since -> modified.truncatedTo(ChronoUnit.SECONDS).isAfter(since))
                .isPresent();
        if (otherTag || later) {
            throw failed();
        }
    }

    /** The status is documented, the body is assumed. */
    private static ApiException failed() {
        return new ApiException(412, "PRECONDITION_FAILED", "The precondition of the request is not met");
    }

    private static boolean matches(ApiCall call, String header, String etag) {
        return etag != null
                && call.header(header)
                        .filter(tags -> Arrays.stream(tags.split(","))
                                .map(tag -> tag.strip()
                                        .replace("\"", "")
                                        .replace(GZIP, "")
                                        .replaceFirst("^W/", ""))
                                .anyMatch(tag -> tag.equals(etag) || tag.equals("*")))
                        .isPresent();
    }

    /** Unreadable dates are an error in a write and passed over in a read. */
    private static Optional<Instant> time(ApiCall call, String header) {
        Optional<String> value = call.header(header);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.get())));
        } catch (DateTimeException e) {
            if (call.method().equals("GET") || call.method().equals("HEAD")) {
                return Optional.empty();
            }
            throw new ApiException(400, "INVALID_HEADER", "Unreadable date in the header " + header);
        }
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
    }
}
