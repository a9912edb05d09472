package org.sftoolkit.emulator.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.DeleteLog;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.WireValues;

/** What was changed or deleted in a span of time (REST API Developer Guide: "sObject Get Updated", "sObject Get Deleted"). */
final class ReplicationApi {

    /** Offsets with a colon, without one, or {@code Z}. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

    private static final Duration UPDATES_KEPT = Duration.ofDays(30);
    private static final Duration DELETIONS_KEPT = Duration.ofDays(15);
    private static final int MAX_IDS = 600_000;

    private final Org org;

    ReplicationApi(Org org) {
        this.org = org;
    }

    /**
     * Ids of the living rows that were created or changed. Whether rows that were deleted since are listed too is not
     * documented; assumed that they are not.
     */
    Answer updated(ApiCall call) {
        ObjectSchema object = replicateable(call);
        Span span = span(call, UPDATES_KEPT);
        FieldSchema stamp = object.field("SystemModstamp")
                .or(() -> object.field("LastModifiedDate"))
                .orElseThrow(() -> new ApiException(400, "INVALID_TYPE", "entity is not replicable: " + object.name()));
        List<String> ids = org.rows(object, false).stream()
                .filter(row -> span.contains((Instant) row.get(stamp)))
                .map(row -> row.id())
                .toList();
        requireFew(ids.size());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ids", ids);
        json.put("latestDateCovered", wire(covered(span)));
        return Answer.ok(json).withRecords(ids.size());
    }

    /**
     * Ids and times of deletions. Whether a row that was taken out of the recycle bin again is listed is not documented;
     * assumed that it is.
     */
    Answer deleted(ApiCall call) {
        ObjectSchema object = replicateable(call);
        Span span = span(call, DELETIONS_KEPT);
        List<DeleteLog.Entry> entries = org.deleteLog().between(object.name(), span.start(), span.end());
        requireFew(entries.size());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "deletedRecords",
                entries.stream()
                        .map(entry -> Map.of("id", entry.id(), "deletedDate", wire(entry.at())))
                        .toList());
        json.put("earliestDateAvailable", wire(earliest()));
        json.put("latestDateCovered", wire(covered(span)));
        return Answer.ok(json).withRecords(entries.size());
    }

    private Instant earliest() {
        Instant kept = org.clock().instant().minus(DELETIONS_KEPT).truncatedTo(ChronoUnit.MINUTES);
        return org.deleteLog().earliest().isAfter(kept) ? org.deleteLog().earliest() : kept;
    }

    /** A transaction that is under way may still bring rows that bear the instant of its begin. */
    private Instant covered(Span span) {
        return org.oldestInFlight().filter(began -> began.isBefore(span.end())).orElse(span.end());
    }

    private ObjectSchema replicateable(ApiCall call) {
        ObjectSchema object = org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
        if (!object.is("replicateable")) {
            // Not documented; assumed to be 400 as for other objects that cannot do what is asked.
            throw new ApiException(400, "INVALID_TYPE", "entity is not replicable: " + object.name());
        }
        return object;
    }

    private Span span(ApiCall call, Duration kept) {
        Instant start = time(call, "start");
        Instant end = time(call, "end");
        // The texts of these refusals are not documented; assumed.
        if (Duration.between(start, end).compareTo(Duration.ofMinutes(1)) < 0) {
            throw refused("endDate must be at least one minute after startDate");
        }
        Instant oldest = org.clock().instant().minus(kept).truncatedTo(ChronoUnit.MINUTES);
        if (start.isBefore(oldest)) {
            throw refused("startDate cannot be more than " + kept.toDays() + " days ago");
        }
        Instant now = org.clock().instant();
        // An end in the future is not documented to be refused; assumed to mean now.
        return new Span(start, end.isAfter(now) ? now.truncatedTo(ChronoUnit.MINUTES) : end);
    }

    private static Instant time(ApiCall call, String name) {
        String text = call.queryParam(name)
                .orElseThrow(() ->
                        new ApiException(400, "MISSING_ARGUMENT", "Required parameter '" + name + "' is missing"));
        try {
            // "The API ignores the seconds portion of the specified dateTime value"
            return TIME.parse(text, Instant::from).truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeException e) {
            throw refused(name + " is no date and time with an offset: " + text);
        }
    }

    private static void requireFew(int ids) {
        if (ids > MAX_IDS) {
            throw new ApiException(400, "EXCEEDED_ID_LIMIT", "too many ids: " + ids + ", at most " + MAX_IDS);
        }
    }

    private static ApiException refused(String message) {
        return new ApiException(400, "INVALID_REPLICATION_DATE", message);
    }

    private static Object wire(Instant at) {
        return WireValues.of(FieldType.DATETIME, at);
    }

    private record Span(Instant start, Instant end) {
        boolean contains(Instant at) {
            return at != null && !at.isBefore(start) && at.isBefore(end);
        }
    }
}
