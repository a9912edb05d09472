package org.sftoolkit.camel.events;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/**
 * An event as a route gets it; a change of several records is one for each of them.
 *
 * @param channel on which it came
 * @param raw     as it came; null for a record that was read in place of events
 * @param schema  of its payload; null for a record that was read in place of events
 * @param record  the record, or the fields of a platform event
 * @param change  null for an event that is not a change of a record
 * @param header  null for an event that is not a change of a record, and for a record that was read in place of events
 * @param time    when it was committed
 * @param gap     why its values were read anew, or are missing; null if they came with it
 */
public record ChannelEvent(
        String channel,
        EventStream.@Nullable Received raw,
        @Nullable EventSchema schema,
        SObject record,
        @Nullable EventChange change,
        @Nullable ChangeHeader header,
        @Nullable Instant time,
        @Nullable String gap) {

    private static final String NO_PAYLOAD = "a record that was read in place of events has no payload";

    /** Id of the record; null for an event that is not a change of one. */
    public @Nullable String id() {
        return record.id();
    }

    /** Whether it is a change of records that it does not name. */
    boolean namesNoRecord() {
        return header != null && gap != null && id() == null;
    }

    /** Whether it came without all the values that it tells of. */
    boolean lacksValues() {
        return header != null
                && change != EventChange.DELETED
                && (gap != null || !header.diffFields().isEmpty());
    }

    /** The fields that the change set; empty for an event that is not a change. */
    Set<String> changedFields() {
        return header == null ? Set.of() : header.changedFields();
    }

    /** The fields whose value is not given, but a difference; empty for an event that is not a change. */
    Set<String> diffFields() {
        return header == null ? Set.of() : header.diffFields();
    }

    /** The values of its payload, by field. */
    Map<String, Object> values() {
        return Objects.requireNonNull(schema, NO_PAYLOAD)
                .decode(Objects.requireNonNull(raw, NO_PAYLOAD).payload());
    }

    /** The same event with another record. */
    ChannelEvent with(SObject other, @Nullable EventChange what, @Nullable String why) {
        return new ChannelEvent(channel, raw, schema, Objects.requireNonNull(other), what, header, time, why);
    }
}
