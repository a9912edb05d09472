package org.sftoolkit.camel.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One record of a request: what may be sent of it, and the object that it came from.
 *
 * <p>Reading never changes the object; only {@link #acceptId}, {@link #merge} and {@link #saved} do, after Salesforce confirmed the write.
 */
public final class SourceRecord {

    private final @Nullable Object origin;
    private final @Nullable String type;
    private final Map<String, Object> fields;
    /** Null for a plain map, which takes the values itself: {@link MapOrigin} is made when it is needed. */
    private final @Nullable Origin writeBack;

    private final @Nullable String defect;
    private final @Nullable String givenId;

    /** Takes what Salesforce says of the record back into the object. */
    public interface Origin {

        /** Sets the Id; null to clear it. */
        void setId(@Nullable String id);

        /** Takes over values as read. */
        void merge(SObject read);

        /** Whether there is an object that takes values. */
        default boolean takesValues() {
            return true;
        }
    }

    private SourceRecord(
            @Nullable Object origin,
            @Nullable String type,
            Map<String, Object> fields,
            @Nullable Origin writeBack,
            @Nullable String defect) {
        this.origin = origin;
        this.type = type;
        this.fields = fields;
        this.writeBack = writeBack;
        this.defect = defect;
        this.givenId = id(fields);
    }

    /** A record that tracks its changes. */
    public static SourceRecord of(SObject record) {
        return new SourceRecord(record, record.type(), record, new TrackedOrigin(record), null);
    }

    /** A plain map; its {@code attributes.type}, if present, is the object. */
    public static SourceRecord of(Map<?, ?> map) {
        return fieldsOf(map, map, null);
    }

    /**
     * Any object of which the fields are known.
     *
     * @param origin    the object as it was given
     * @param values    its fields, {@code attributes} among them or not
     * @param writeBack takes what Salesforce says of it
     */
    public static SourceRecord of(Object origin, Map<?, ?> values, Origin writeBack) {
        return fieldsOf(origin, values, writeBack);
    }

    private static SourceRecord fieldsOf(Object origin, Map<?, ?> values, @Nullable Origin writeBack) {
        if (isPlain(values)) {
            @SuppressWarnings("unchecked") // all its keys are text
            var plain = (Map<String, Object>) values;
            return new SourceRecord(origin, null, plain, writeBack, null);
        }
        var fields = new LinkedHashMap<String, Object>(values.size() * 2);
        values.forEach((name, value) -> fields.put(String.valueOf(name), value));
        String type = fields.remove("attributes") instanceof Map<?, ?> attributes && attributes.get("type") != null
                ? attributes.get("type").toString()
                : null;
        return new SourceRecord(origin, type, fields, writeBack, null);
    }

    // most maps have nothing to be left out or renamed, and copies of a long list's would cost as much as its JSON
    private static boolean isPlain(Map<?, ?> values) {
        for (var field : values.entrySet()) {
            if (!(field.getKey() instanceof String name) || name.equals("attributes")) {
                return false;
            }
        }
        return true;
    }

    /** An entry that is not a record; it is reported at its place, and the others continue. */
    public static SourceRecord unusable(@Nullable Object origin, String defect) {
        return new SourceRecord(origin, null, Map.of(), NOWHERE, defect);
    }

    /** The same record, of which nothing is written back: its object is one that nobody sees, such as what a text was read into. */
    public SourceRecord readOnly() {
        return new SourceRecord(origin, type, fields, NOWHERE, defect);
    }

    /** The object as it was given. */
    public @Nullable Object origin() {
        return origin;
    }

    /** The object's API name by the record itself, or null. */
    public @Nullable String type() {
        return type;
    }

    /** All its fields, without {@code attributes}; not to be changed. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** Why it cannot be sent at all, or null. */
    public @Nullable String defect() {
        return defect;
    }

    /** Its Id; null if it is missing or blank. For an object that tracks no changes, the Id it was given with. */
    public @Nullable String id() {
        return fields instanceof SObject ? id(fields) : givenId;
    }

    private static @Nullable String id(Map<String, Object> fields) {
        Object id = FieldNames.value(fields, "Id");
        if (id instanceof String text) {
            return text.isBlank() ? null : text.strip();
        }
        try {
            Object plain = WireValue.of(id);
            String text = plain == null ? "" : WireText.of(plain);
            return text.isBlank() ? null : text.strip();
        } catch (IllegalArgumentException unreadable) {
            return null; // the failure is reported when the record is written
        }
    }

    /** Names of the fields that changed since it was read; all of them for an object that does not track changes. */
    public Set<String> changedFields() {
        return fields instanceof SObject record ? record.changedFields() : fields.keySet();
    }

    /** Writes the Id of a new record into the object, if possible; null clears it. */
    public void acceptId(@Nullable String id) {
        writeBack().setId(id);
    }

    /** Writes values as read into the object, if possible. */
    public void merge(SObject read) {
        writeBack().merge(read);
    }

    /** Whether there is an object that {@link #merge} can change: not for a text, and not for an immutable map. */
    public boolean takesValues() {
        return writeBack().takesValues();
    }

    private Origin writeBack() {
        return writeBack != null ? writeBack : new MapOrigin((Map<?, ?>) Objects.requireNonNull(origin));
    }

    /** Salesforce now has the record's values: nothing of it is changed any more. */
    public void saved() {
        if (fields instanceof SObject record) {
            record.markUnchanged();
        }
    }

    private static final Origin NOWHERE = new Origin() {
        @Override
        public void setId(@Nullable String id) {}

        @Override
        public void merge(SObject read) {}

        @Override
        public boolean takesValues() {
            return false;
        }
    };

    private record TrackedOrigin(SObject record) implements Origin {
        @Override
        public void setId(@Nullable String id) {
            if (id == null) {
                record.remove("Id");
            } else {
                record.setId(id);
            }
        }

        @Override
        public void merge(SObject read) {
            record.merge(read);
        }
    }

    /**
     * Writes back into a user's map, as far as it takes the values; one that is immutable or has other keys stays as it is: result
     * and headers carry the Id.
     */
    record MapOrigin(Map<?, ?> map) implements SourceRecord.Origin {

        @Override
        public void setId(@Nullable String id) {
            change(names -> {
                String key = FieldNames.find(names, "Id");
                if (id != null) {
                    put(names, key == null ? "Id" : key, id);
                } else if (key != null) {
                    names.remove(key);
                }
            });
        }

        @Override
        public void merge(SObject read) {
            change(names -> read.forEach((field, value) -> {
                String key = FieldNames.find(names, field);
                put(names, key == null ? field : key, value);
            }));
        }

        /** Puts the first value again: an immutable map refuses even that. */
        @Override
        public boolean takesValues() {
            return change(names -> {
                for (var first : names.entrySet()) {
                    names.put(first.getKey(), first.getValue());
                    return;
                }
            });
        }

        /** Whether the map can be changed. */
        @SuppressWarnings("unchecked") // only a map of which all keys are text is taken as one
        private boolean change(Consumer<Map<String, Object>> change) {
            for (Object key : map.keySet()) {
                if (!(key instanceof String)) {
                    return false;
                }
            }
            try {
                change.accept((Map<String, Object>) map);
                return true;
            } catch (UnsupportedOperationException immutable) {
                return false;
            }
        }

        /** The record is saved, whatever the map does not take: no null, say, or no further key. */
        private static void put(Map<String, Object> names, String key, @Nullable Object value) {
            try {
                names.put(key, value);
            } catch (NullPointerException noNulls) {
                names.remove(key);
            } catch (IllegalArgumentException | ClassCastException notTaken) {
                return;
            }
        }
    }
}
