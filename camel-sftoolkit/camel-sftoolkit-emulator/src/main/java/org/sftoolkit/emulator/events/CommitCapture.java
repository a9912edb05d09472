package org.sftoolkit.emulator.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.sftoolkit.emulator.org.CommitListener.Commit;
import org.sftoolkit.emulator.org.CommitListener.Written;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.PublishedEvent;
import org.sftoolkit.emulator.org.Row;

/**
 * Makes events of a commit: a change event of each row, by what the row was before and is afterwards, and the platform events (Change Data Capture Developer Guide:
 * "Change Event Message Structure"). Safe for threads.
 */
final class CommitCapture {

    /** Change Data Capture Developer Guide, "Overflow Events": changes of one transaction. */
    private static final int OVERFLOW = 100_000;

    private final Channels channels;
    private final Supplier<EventSettings> settings;

    CommitCapture(Channels channels, Supplier<EventSettings> settings) {
        this.channels = channels;
        this.settings = settings;
    }

    /** The events of a commit, changes first. */
    List<EventPayload> of(Commit commit, ChangePayload.ChangeSource source) {
        List<EventPayload> events = new ArrayList<>(changes(commit, source));
        for (PublishedEvent event : commit.published()) {
            EventSchema schema = channels.schema(event.type());
            events.add(new PublishedPayload(
                    event.type().name(), event.uuid(), schema, AvroBytes.write(record(schema, event))));
        }
        return events;
    }

    private Collection<ChangePayload> changes(Commit commit, ChangePayload.ChangeSource source) {
        Map<Object, ChangePayload> events = new LinkedHashMap<>();
        int changes = 0;
        for (Written written : commit.rows()) {
            ChangeType type = channels.isSelected(written.object()) ? type(written) : null;
            if (type == null) {
                continue;
            }
            ChangePayload event = event(written, type, source, events.size() + 1);
            changes += Math.max(1, event.changed().size());
            if (changes > OVERFLOW) {
                ChangePayload overflow = event.as(ChangeType.GAP_OVERFLOW, List.of());
                events.putIfAbsent(overflow.likeness(), overflow);
            } else {
                boolean alone = !settings.get().merged() || type == ChangeType.CREATE || type == ChangeType.UNDELETE;
                events.merge(alone ? written.id() : event.likeness(), event, CommitCapture::joined);
            }
        }
        return events.values();
    }

    private static GenericRecord record(EventSchema schema, PublishedEvent event) {
        GenericRecord record = new GenericData.Record(schema.avro());
        schema.slots()
                .forEach(slot -> record.put(
                        slot.position(),
                        AvroTypes.value(slot.field().type(), event.fields().get(slot.field()))));
        return record;
    }

    private ChangePayload event(Written written, ChangeType type, ChangePayload.ChangeSource source, int sequence) {
        ObjectSchema object = written.object();
        Set<String> changed = type == ChangeType.UPDATE ? changed(written.before(), written.row()) : Set.of();
        return new ChangePayload(
                channels.schema(object),
                object.name(),
                type,
                List.of(written.id()),
                written.row(),
                changed,
                settings.get().differences() ? longTexts(written.before(), changed) : Map.of(),
                source,
                sequence);
    }

    private static ChangePayload joined(ChangePayload first, ChangePayload next) {
        List<String> ids = new ArrayList<>(first.ids());
        ids.addAll(next.ids());
        return new ChangePayload(
                first.schema(),
                first.entity(),
                first.type(),
                ids,
                first.row(),
                first.changed(),
                first.before(),
                first.source(),
                first.sequence());
    }

    /** Null for what makes no event: a row that came and went, or was removed for good. */
    private static ChangeType type(Written written) {
        Row before = written.before();
        Row after = written.row();
        if (after == null) {
            return null;
        }
        if (after.deleted()) {
            return before == null || before.deleted() ? null : ChangeType.DELETE;
        }
        if (before == null) {
            return ChangeType.CREATE;
        }
        return before.deleted() ? ChangeType.UNDELETE : ChangeType.UPDATE;
    }

    private static Set<String> changed(Row before, Row after) {
        Set<String> names = new LinkedHashSet<>();
        for (FieldSchema field : after.schema().fields()) {
            boolean own = !field.type().isCompound() && field.type() != FieldType.BASE64;
            if (own && !Objects.equals(before.get((Object) field.name()), after.get(field))) {
                names.add(field.name());
            }
        }
        // Stamps have whole seconds, so that a second update may leave it as it was.
        after.schema().field("LastModifiedDate").ifPresent(field -> names.add(field.name()));
        return names;
    }

    private static Map<String, String> longTexts(Row before, Set<String> changed) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : changed) {
            if (before.get((Object) name) instanceof String text && text.length() >= TextDiff.SHORTEST) {
                texts.put(name, text);
            }
        }
        return texts;
    }
}
