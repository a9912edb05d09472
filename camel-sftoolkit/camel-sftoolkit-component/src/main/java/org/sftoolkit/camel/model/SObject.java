package org.sftoolkit.camel.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Salesforce record: an ordered map from field name to value that knows its object type and which fields changed
 * since it was read or saved, values changed in place such as those of an address included.
 *
 * <p>A null value sets the field to null, an absent key leaves it alone. A field that is set back to its old value
 * does not count as changed. Values as read: text, {@code Boolean}, {@code Integer}/{@code Long}, {@code Double} if
 * it is exact and else {@code BigDecimal}, {@code LocalDate}, {@code OffsetDateTime}, {@code OffsetTime}, a nested
 * {@code SObject} for a parent, a list of them for children, null.
 *
 * <p>Not thread-safe, like the maps of the JDK. Any Jackson mapper writes it as Salesforce's own JSON.
 */
@JsonSerialize(using = SObject.SObjectSerializer.class)
public final class SObject extends AbstractMap<String, Object> {

    private static final String ATTRIBUTES = "attributes";
    private static final Object ABSENT = new Object();

    private final @Nullable String type;
    private final boolean read;
    /** A map of its own, or one whose names other records share, which takes no further names. */
    private Map<String, Object> values;

    private boolean shared;
    private Map<String, Object> before;

    /**
     * A new record, of which every field is a change.
     *
     * @param type the object's API name such as {@code Account}; null if the endpoint has it
     */
    public SObject(@Nullable String type) {
        this(type, false, new LinkedHashMap<>());
    }

    private SObject(@Nullable String type, boolean read, LinkedHashMap<String, Object> values) {
        this.type = type;
        this.read = read;
        this.values = values;
        this.before = Snapshots.of(values);
    }

    private SObject(@Nullable String type, FieldLayout layout, Object[] values) {
        this.type = type;
        this.read = true;
        this.values = layout.with(values);
        this.shared = true;
        this.before = Scalars.areCertainly(values) ? Map.of() : Snapshots.of(this.values);
    }

    /** A new record with these values, of which every field is a change. */
    public static SObject of(@Nullable String type, Map<String, ?> values) {
        var record = new SObject(type);
        record.putAll(values);
        return record;
    }

    /**
     * A record as Salesforce gave it, without changes.
     *
     * @param values becomes the record's own; the caller must not use it any more
     */
    public static SObject read(@Nullable String type, LinkedHashMap<String, Object> values) {
        return new SObject(type, true, values);
    }

    /**
     * A record as Salesforce gave it, without changes, that shares its names with others.
     *
     * @param values one for each name; becomes the record's own, the caller must not use it any more
     */
    public static SObject read(@Nullable String type, FieldLayout layout, Object[] values) {
        return new SObject(type, layout, values);
    }

    /** The values in a map that takes and loses names. */
    private Map<String, Object> own() {
        if (shared) {
            values = new LinkedHashMap<>(values);
            shared = false;
        }
        return values;
    }

    private void set(String field, @Nullable Object value) {
        (shared && !values.containsKey(field) ? own() : values).put(field, value);
    }

    /** The object's API name, or null if it is not known. */
    public @Nullable String type() {
        return type;
    }

    /** Whether it came from Salesforce, rather than being made for it. */
    public boolean isRead() {
        return read;
    }

    /** The record's Id as Salesforce gave it, or null. */
    public @Nullable String id() {
        return values.get("Id") instanceof String id ? id : null;
    }

    /** Names of the fields whose value differs from what was read or saved last, in the order of their first change. */
    public Set<String> changedFields() {
        var changed = new LinkedHashSet<String>();
        before.forEach((field, old) -> {
            if (values.containsKey(field) && (old == ABSENT || !Snapshots.same(old, values.get(field)))) {
                changed.add(field);
            }
        });
        return changed;
    }

    /** Takes the present values as those that Salesforce has: nothing is changed any more. */
    public void markUnchanged() {
        before = Snapshots.of(values);
    }

    /**
     * Sets values that Salesforce returned for this record. Other fields keep their value, and no returned value
     * counts as a change.
     */
    public void merge(SObject read) {
        read.values.forEach(this::set);
        if (!before.isEmpty()) {
            before.keySet().removeAll(read.keySet());
        }
        read.before.forEach(this::remember);
    }

    /** Sets the Id without counting it as a change. */
    public void setId(@Nullable String id) {
        set("Id", id);
        if (!before.isEmpty()) {
            before.remove("Id");
        }
    }

    @Override
    public @Nullable Object put(String field, @Nullable Object value) {
        Object old = values.containsKey(Objects.requireNonNull(field, "field")) ? values.get(field) : ABSENT;
        set(field, value);
        remember(field, old);
        return old == ABSENT ? null : old;
    }

    private void remember(String field, @Nullable Object old) {
        if (before.isEmpty()) {
            before = new LinkedHashMap<>();
        }
        if (!before.containsKey(field)) { // putIfAbsent would take a null for nothing
            before.put(field, old);
        }
    }

    /** A field's value; {@code attributes}, which is not a field, says the type as it does in JSON. */
    @Override
    public @Nullable Object get(Object field) {
        Object value = values.get(field);
        return value == null && type != null && ATTRIBUTES.equals(field) && !values.containsKey(field)
                ? Map.of("type", type)
                : value;
    }

    /** The values; one that is removed is removed from the record. */
    @Override
    public java.util.Collection<Object> values() {
        return own().values();
    }

    @Override
    public boolean containsKey(Object field) {
        return values.containsKey(field);
    }

    @Override
    public @Nullable Object remove(Object field) {
        return values.containsKey(field) ? own().remove(field) : null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries();
    }

    /** Live entries: setting a value through one counts as a change as {@link #put} does. */
    private final class Entries extends AbstractSet<Entry<String, Object>> {

        @Override
        public Iterator<Entry<String, Object>> iterator() {
            var inner = values.entrySet().iterator();
            boolean ofShared = shared;
            return new Iterator<>() {
                private @Nullable String name;

                @Override
                public boolean hasNext() {
                    return inner.hasNext();
                }

                @Override
                public Entry<String, Object> next() {
                    var entry = new Tracked(inner.next());
                    name = entry.getKey();
                    return entry;
                }

                @Override
                public void remove() {
                    if (!ofShared) {
                        inner.remove();
                        return;
                    }
                    if (name == null) {
                        throw new IllegalStateException("next() comes before remove()");
                    }
                    own().remove(name); // what is iterated over loses no names
                    name = null;
                }
            };
        }

        @Override
        public int size() {
            return values.size();
        }
    }

    private final class Tracked extends SimpleEntry<String, Object> {

        private static final long serialVersionUID = 1L;

        Tracked(Entry<String, Object> entry) {
            super(entry);
        }

        @Override
        public @Nullable Object setValue(@Nullable Object value) {
            put(getKey(), value);
            return super.setValue(value);
        }
    }

    @Override
    public String toString() {
        return (type == null ? "SObject" : type) + values;
    }

    /** Lets every Jackson mapper, even one that knows no {@code java.time}, write records as Salesforce's own JSON. */
    static final class SObjectSerializer extends JsonSerializer<SObject> {

        @Override
        public void serialize(SObject record, JsonGenerator json, SerializerProvider provider) throws IOException {
            WireJson.writeRecord(json, record);
        }
    }
}
