package org.sftoolkit.camel.events;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change event says of its change: its {@code ChangeEventHeader}, with its bitmaps read.
 *
 * @param sObject        API name of the object
 * @param recordIds      of the records; empty, or a key prefix and a star, if it does not name them
 * @param changeType     as Salesforce names it, such as {@code UPDATE} or {@code GAP_OVERFLOW}
 * @param changeOrigin   what made the change, such as {@code com/salesforce/api/rest/66.0;client=acme}; may be empty
 * @param sequenceNumber within its transaction, from 1
 * @param nulledFields   by their names in REST
 * @param diffFields     whose value is not given, but a diff from the one before
 * @param changedFields  of an update
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_event_fields_header.htm">Change
 *      Data Capture Developer Guide: Change Event Header Fields</a>
 */
public record ChangeHeader(
        String sObject,
        List<String> recordIds,
        String changeType,
        String changeOrigin,
        String transactionKey,
        int sequenceNumber,
        Instant commitTime,
        String commitUser,
        Set<String> nulledFields,
        Set<String> diffFields,
        Set<String> changedFields) {

    static final String FIELD = "ChangeEventHeader";
    private static final String GAP = "GAP_";
    private static final String OVERFLOW = "GAP_OVERFLOW";

    /** Throws if the header lacks what every header has, or a bitmap names a field that the schema lacks. */
    static ChangeHeader of(Map<?, ?> header, EventSchema schema) throws IOException {
        var bitmaps = new FieldBitmaps(schema.fields());
        return new ChangeHeader(
                text(header, "entityName"),
                texts(header.get("recordIds")),
                text(header, "changeType"),
                header.get("changeOrigin") instanceof String origin ? origin : "",
                text(header, "transactionKey"),
                number(header, "sequenceNumber").intValue(),
                Instant.ofEpochMilli(number(header, "commitTimestamp").longValue()),
                header.get("commitUser") instanceof String user ? user : "",
                bitmaps.names(texts(header.get("nulledFields"))),
                bitmaps.names(texts(header.get("diffFields"))),
                bitmaps.names(texts(header.get("changedFields"))));
    }

    private static String text(Map<?, ?> header, String name) throws IOException {
        if (header.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("the " + FIELD + " has no " + name);
    }

    private static Number number(Map<?, ?> header, String name) throws IOException {
        if (header.get(name) instanceof Number number) {
            return number;
        }
        throw new IOException("the " + FIELD + " has no " + name);
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    /** Whether the event holds no values, since Salesforce could not make a whole one. */
    boolean isGap() {
        return changeType.startsWith(GAP);
    }

    /** Whether more changed in the transaction than Salesforce tells one by one. */
    boolean isOverflow() {
        return changeType.equals(OVERFLOW);
    }

    /** Whether it stands for all records of its object, one of whose fields lost its values. */
    boolean isWildcard() {
        return recordIds.stream().anyMatch(id -> id.endsWith("*"));
    }

    /** What became of the records. */
    EventChange change() {
        return switch (changeType) {
            case "CREATE", "GAP_CREATE" -> EventChange.CREATED;
            case "DELETE", "GAP_DELETE" -> EventChange.DELETED;
            case "UNDELETE", "GAP_UNDELETE" -> EventChange.UNDELETED;
            default -> EventChange.UPDATED;
        };
    }
}
