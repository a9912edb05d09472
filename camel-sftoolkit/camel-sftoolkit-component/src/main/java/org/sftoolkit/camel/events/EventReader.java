package org.sftoolkit.camel.events;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;

/**
 * Reads events into records. Of a change, a record holds what the change set: all values of a new one, exactly the changed fields
 * of an update, null for those that lost their value. Values are those that REST reads.
 */
final class EventReader {

    private static final String CREATED_DATE = "CreatedDate";
    private static final String ID = "Id";
    private static final long NANOS_OF_MILLI = 1_000_000;

    private EventReader() {}

    /**
     * The events of a payload: one for each record of a change.
     *
     * @throws UnreadableResponseException if the payload is not of this schema, or its header says what cannot be
     */
    static List<ChannelEvent> read(String channel, EventStream.Received raw, EventSchema schema) {
        Map<String, Object> values = schema.decode(raw.payload());
        try {
            return values.get(ChangeHeader.FIELD) instanceof Map<?, ?> header
                    ? changes(channel, raw, schema, values, ChangeHeader.of(header, schema))
                    : List.of(event(channel, raw, schema, values));
        } catch (IOException e) {
            throw new UnreadableResponseException(
                    "an event of " + channel + " (replay id " + raw.replayId() + ") cannot be read: " + e.getMessage(),
                    true,
                    Answer.NONE,
                    e);
        }
    }

    private static ChannelEvent event(
            String channel, EventStream.Received raw, EventSchema schema, Map<String, Object> values) {
        Instant time =
                values.get(CREATED_DATE) instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : null;
        SObject record = SObject.read(schema.name(), fields(schema, values, false));
        return new ChannelEvent(channel, raw, schema, record, null, null, time, null);
    }

    private static List<ChannelEvent> changes(
            String channel,
            EventStream.Received raw,
            EventSchema schema,
            Map<String, Object> values,
            ChangeHeader header) {
        boolean nameless = header.recordIds().isEmpty() || header.isWildcard();
        LinkedHashMap<String, Object> fields =
                header.isGap() || nameless ? new LinkedHashMap<>() : fields(schema, values, true);
        String gap = nameless || header.isGap() ? header.changeType() : null;
        List<String> ids = nameless ? List.of("") : header.recordIds();
        return ids.stream()
                .map(id -> new ChannelEvent(
                        channel,
                        raw,
                        schema,
                        record(header, id, fields),
                        header.change(),
                        header,
                        header.commitTime(),
                        gap))
                .toList();
    }

    private static SObject record(ChangeHeader header, String id, Map<String, Object> fields) {
        boolean update = header.change() == EventChange.UPDATED;
        var read = new LinkedHashMap<String, Object>();
        if (!id.isEmpty()) {
            read.put(ID, id);
        }
        // what an update did not change came along as enrichment of the channel
        fields.forEach((name, value) -> {
            if (update && value != null && !header.changedFields().contains(name)) {
                read.put(name, value);
            }
        });
        SObject record = SObject.read(header.sObject(), read);
        if (header.change() == EventChange.DELETED) {
            return record;
        }
        fields.forEach((name, value) -> {
            boolean set = update ? header.changedFields().contains(name) : value != null;
            // a difference is not a value: it would be saved as the text itself
            if (set && !name.equals(ID) && !header.diffFields().contains(name)) {
                record.put(name, value);
            }
        });
        return record;
    }

    private static LinkedHashMap<String, Object> fields(
            EventSchema schema, Map<String, Object> values, boolean change) {
        var fields = new LinkedHashMap<String, Object>();
        for (EventSchema.Field field : schema.fields()) {
            if (change && field.name().equals(ChangeHeader.FIELD)) {
                continue;
            }
            Object value = values.get(field.name());
            if (field.parts().isEmpty() || value instanceof String) {
                fields.put(field.name(), typed(field, value));
            } else {
                parts(field, value, fields);
            }
        }
        return fields;
    }

    private static void parts(EventSchema.Field field, @Nullable Object value, Map<String, Object> into) {
        for (EventSchema.Field part : field.parts()) {
            String name = part.restName();
            if (name != null) {
                into.put(name, value instanceof Map<?, ?> parts ? typed(part, parts.get(part.name())) : null);
            }
        }
    }

    /** A value as REST reads it, by the type that the schema tells. */
    static @Nullable Object typed(EventSchema.Field field, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        return switch (field.type()) {
            case "DateTime" -> Instant.ofEpochMilli(number.longValue()).atOffset(ZoneOffset.UTC);
            case "DateOnly", "Date" -> LocalDate.ofInstant(Instant.ofEpochMilli(number.longValue()), ZoneOffset.UTC);
            case "TimeOnly", "Time" ->
                LocalTime.ofNanoOfDay(number.longValue() * NANOS_OF_MILLI).atOffset(ZoneOffset.UTC);
            default -> value;
        };
    }
}
