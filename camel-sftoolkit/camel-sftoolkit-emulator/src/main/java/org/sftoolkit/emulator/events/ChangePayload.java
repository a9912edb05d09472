package org.sftoolkit.emulator.events;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * A change of one row, or of several that changed alike. Written as Avro only when somebody reads it.
 *
 * @param ids of the rows; one with {@code *} for all rows of the object
 * @param row as the change left it, or a deletion found it; null for a gap event
 * @param changed names of the changed fields, those of compound fields by their own names; empty unless an update
 * @param before the value before the change of those long texts that go out as differences
 */
record ChangePayload(
        EventSchema schema,
        String entity,
        ChangeType type,
        List<String> ids,
        Row row,
        Set<String> changed,
        Map<String, String> before,
        ChangeSource source,
        int sequence)
        implements EventPayload {

    /** Pub/Sub API Guide, "Event Message Size": larger events come as gap events. */
    private static final int LARGEST = 1 << 20;

    /**
     * The transaction that made it.
     *
     * @param origin interface and client; may be empty
     */
    record ChangeSource(String key, long commitNumber, long commitMillis, String user, String origin) {}

    @Override
    public String uuid() {
        return UUID.nameUUIDFromBytes((source.key() + sequence).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public String schemaId() {
        return schema.id();
    }

    @Override
    public byte[] avro(Set<String> enriched) {
        byte[] bytes = AvroBytes.write(record(enriched));
        return bytes.length <= LARGEST
                ? bytes
                : AvroBytes.write(as(type.gap(), ids).record(Set.of()));
    }

    /** The event without fields that comes instead of this one. */
    ChangePayload as(ChangeType other, List<String> otherIds) {
        return new ChangePayload(schema, entity, other, otherIds, null, Set.of(), Map.of(), source, 1);
    }

    private GenericRecord record(Set<String> enriched) {
        GenericRecord event = new GenericData.Record(schema.avro());
        Bitmaps changes = new Bitmaps();
        Bitmaps nulls = new Bitmaps();
        Bitmaps differences = new Bitmaps();
        boolean update = type == ChangeType.UPDATE;
        boolean whole = type == ChangeType.CREATE || type == ChangeType.UNDELETE;
        if (row != null) {
            for (EventSchema.Slot slot : schema.slots()) {
                boolean always = whole || enriched.contains(slot.field().name());
                if (slot.isCompound()) {
                    event.put(slot.position(), compound(slot, always, changes, nulls));
                    continue;
                }
                Object value = value(slot.field());
                boolean has = update && changed.contains(slot.field().name());
                if (has) {
                    changes.add(slot.position());
                    if (value == null) {
                        nulls.add(slot.position());
                    }
                }
                String difference = has ? difference(slot.field(), value) : null;
                if (difference != null) {
                    differences.add(slot.position());
                    value = difference;
                }
                event.put(slot.position(), has || always ? value : null);
            }
        }
        event.put(0, header(changes, nulls, differences));
        return event;
    }

    private GenericRecord compound(EventSchema.Slot slot, boolean always, Bitmaps changes, Bitmaps nulls) {
        GenericRecord record = new GenericData.Record(slot.record());
        boolean any = false;
        for (int i = 0; i < slot.children().size(); i++) {
            FieldSchema child = slot.children().get(i);
            if (child == null) {
                continue;
            }
            Object value = value(child);
            boolean has = type == ChangeType.UPDATE && changed.contains(child.name());
            if (has) {
                changes.add(slot.position(), i);
                if (value == null) {
                    nulls.add(slot.position(), i);
                }
            }
            if ((has || always) && value != null) {
                record.put(i, value);
                any = true;
            }
        }
        return any ? record : null;
    }

    private String difference(FieldSchema field, Object value) {
        return before.containsKey(field.name())
                ? TextDiff.between(before.get(field.name()), String.valueOf(value))
                        .orElse(null)
                : null;
    }

    private Object value(FieldSchema field) {
        return AvroTypes.value(field.type(), row.get(field));
    }

    private GenericRecord header(Bitmaps changes, Bitmaps nulls, Bitmaps differences) {
        Schema type = schema.avro().getField(EventSchema.HEADER).schema();
        GenericRecord header = new GenericData.Record(type);
        header.put("entityName", entity);
        header.put("recordIds", ids);
        header.put(
                "changeType",
                new GenericData.EnumSymbol(type.getField("changeType").schema(), this.type.name()));
        header.put("changeOrigin", source.origin());
        header.put("transactionKey", source.key());
        header.put("sequenceNumber", sequence);
        header.put("commitTimestamp", source.commitMillis());
        header.put("commitNumber", source.commitNumber());
        header.put("commitUser", source.user());
        header.put("nulledFields", nulls.texts());
        header.put("diffFields", differences.texts());
        header.put("changedFields", changes.texts());
        return header;
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>(AvroBytes.json(record(Set.of())));
        Map<String, Object> header = new LinkedHashMap<>();
        ((Map<?, ?>) json.get(EventSchema.HEADER)).forEach((name, value) -> header.put((String) name, value));
        header.put("changedFields", List.copyOf(changed));
        header.put("nulledFields", changed.stream().filter(this::isNull).toList());
        json.put(EventSchema.HEADER, header);
        Set<String> empty = new HashSet<>();
        json.forEach((name, value) -> {
            if (value == null && !changed.contains(name)) {
                empty.add(name);
            }
        });
        json.keySet().removeAll(empty);
        return json;
    }

    private boolean isNull(String field) {
        return row.get((Object) field) == null;
    }

    /** What rows that changed alike have in common. */
    Object likeness() {
        Map<String, Object> values = new HashMap<>();
        if (row != null) {
            changed.forEach(name -> values.put(name, row.get((Object) name)));
        }
        return List.of(entity, type, values);
    }

    /**
     * Which fields of an event a list of its header names (Change Data Capture Developer Guide: "Bitmap fields"). Not safe for
     * threads.
     */
    private static final class Bitmaps {

        private BigInteger top = BigInteger.ZERO;
        private final TreeMap<Integer, BigInteger> children = new TreeMap<>();

        /** Names a field of the event. */
        void add(int position) {
            top = top.setBit(position);
        }

        /** Names a field of a compound field. */
        void add(int parent, int position) {
            children.merge(parent, BigInteger.ZERO.setBit(position), BigInteger::or);
        }

        /** The bitmap of the event first if a field of it is named, then those of compound fields by position. */
        List<String> texts() {
            List<String> texts = new ArrayList<>();
            if (top.signum() != 0) {
                texts.add(hex(top));
            }
            children.forEach((parent, bits) -> texts.add(parent + "-" + hex(bits)));
            return texts;
        }

        private static String hex(BigInteger bits) {
            String digits = bits.toString(16).toUpperCase(Locale.ROOT);
            return "0x" + (digits.length() % 2 == 0 ? "" : "0") + digits;
        }
    }
}
