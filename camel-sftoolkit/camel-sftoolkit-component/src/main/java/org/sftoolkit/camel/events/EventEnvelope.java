package org.sftoolkit.camel.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as the Streaming API (CometD) wrote it: {@code schema}, {@code payload} and {@code event.replayId}, as JSON.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.change_data_capture.meta/change_data_capture/cdc_message_structure.htm">Change
 *      Data Capture Developer Guide: Change Event Message Structure</a>
 */
public final class EventEnvelope {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NUMBER_BYTES = Long.BYTES;

    private static final String NO_ENVELOPE = "a record that was read in place of events has no envelope";

    private EventEnvelope() {}

    /** The text of an event that came. */
    public static String json(ChannelEvent event) {
        EventStream.Received raw = Objects.requireNonNull(event.raw(), NO_ENVELOPE);
        EventSchema schema = Objects.requireNonNull(event.schema(), NO_ENVELOPE);
        Map<String, Object> values = event.values();
        ChangeHeader header = event.header();
        var payload = new LinkedHashMap<String, Object>();
        for (EventSchema.Field field : schema.fields()) {
            Object value = values.get(field.name());
            if (header == null) {
                payload.put(field.name(), text(field, value));
            } else if (field.name().equals(ChangeHeader.FIELD) && value instanceof Map<?, ?> told) {
                payload.put(field.name(), header(told, header));
            } else {
                putChange(payload, field, value, event);
            }
        }
        var about = new LinkedHashMap<String, Object>();
        about.put("replayId", replayId(raw.replayId()));
        about.put("EventUuid", raw.eventId());
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("schema", raw.schemaId());
        envelope.put("payload", payload);
        envelope.put("event", about);
        try {
            return JSON.writeValueAsString(envelope);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of texts, numbers and flags cannot be written as JSON", e);
        }
    }

    /** The header with names of fields in place of bitmaps. */
    private static Map<String, Object> header(Map<?, ?> header, ChangeHeader read) {
        var told = new LinkedHashMap<String, Object>();
        header.forEach((name, value) -> told.put(String.valueOf(name), value));
        told.put("nulledFields", read.nulledFields());
        told.put("diffFields", read.diffFields());
        told.put("changedFields", read.changedFields());
        return told;
    }

    /** Of an update what changed, and what came along; else what has a value. */
    private static void putChange(
            Map<String, Object> payload, EventSchema.Field field, @Nullable Object value, ChannelEvent event) {
        Set<String> changed = event.changedFields();
        if (!field.parts().isEmpty() && !(value instanceof String)) {
            var parts = new LinkedHashMap<String, Object>();
            for (EventSchema.Field part : field.parts()) {
                String name = part.restName();
                Object one = value instanceof Map<?, ?> map ? map.get(part.name()) : null;
                if (one != null || name != null && changed.contains(name)) {
                    parts.put(part.name(), text(part, one));
                }
            }
            if (!parts.isEmpty()) {
                payload.put(field.name(), parts);
            }
        } else if (value != null || changed.contains(field.name())) {
            payload.put(field.name(), text(field, value));
        }
    }

    private static @Nullable Object text(EventSchema.Field field, @Nullable Object value) {
        Object typed = EventReader.typed(field, value);
        return typed instanceof java.time.temporal.Temporal ? typed.toString() : typed;
    }

    /** The number that the id begins with, which is what CometD told, if nothing but zeros follows; else the id in Base64. */
    private static Object replayId(String base64) {
        byte[] id = Base64.getDecoder().decode(base64);
        for (int i = NUMBER_BYTES; i < id.length; i++) {
            if (id[i] != 0) {
                return base64;
            }
        }
        return id.length < NUMBER_BYTES ? base64 : (Object) ByteBuffer.wrap(id).getLong();
    }
}
