package org.sftoolkit.emulator.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.sftoolkit.emulator.org.CommitListener.Commit;
import org.sftoolkit.emulator.org.CommitListener.Written;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * Makes change events of a commit: one a row, by what the row was before and is afterwards (Change Data Capture Developer Guide:
 * "Change Event Message Structure"). Safe for threads.
 */
final class ChangeCapture {

    /** Change Data Capture Developer Guide, "Overflow Events": changes of one transaction. */
    private static final int OVERFLOW = 100_000;

    private final Channels channels;
    private final Supplier<EventSettings> settings;

    ChangeCapture(Channels channels, Supplier<EventSettings> settings) {
        this.channels = channels;
        this.settings = settings;
    }

    List<ChangePayload> of(Commit commit, ChangePayload.ChangeSource source) {
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
                events.merge(alone ? written.id() : event.likeness(), event, ChangeCapture::joined);
            }
        }
        return List.copyOf(events.values());
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
