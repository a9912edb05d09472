package org.sftoolkit.emulator.org;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * One stored record. Immutable, and readable as a map of all its fields, null values included; names know no case.
 * Values are String (text, ids, picklists), Boolean, {@link java.math.BigDecimal} (all numbers),
 * {@link java.time.LocalDate}, {@link java.time.Instant}, {@link java.time.LocalTime}, {@link Blob}, or a Map for the
 * compound types.
 */
public final class Row extends AbstractMap<String, Object> {

    private final ObjectSchema schema;
    private final Object[] values;

    Row(ObjectSchema schema, Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    public ObjectSchema schema() {
        return schema;
    }

    /** The 18-character id. */
    public String id() {
        return schema.idIndex() < 0 ? null : (String) values[schema.idIndex()];
    }

    /** Whether the row lies in the recycle bin. */
    public boolean deleted() {
        return schema.deletedIndex() >= 0 && Boolean.TRUE.equals(values[schema.deletedIndex()]);
    }

    /** The value of a field of this row's object, or null. */
    public Object get(FieldSchema field) {
        return field.type().isCompound() ? compound(field) : values[field.index()];
    }

    @Override
    public Object get(Object name) {
        return name instanceof String text ? schema.field(text).map(this::get).orElse(null) : null;
    }

    @Override
    public boolean containsKey(Object name) {
        return name instanceof String text && schema.field(text).isPresent();
    }

    /** This row for an object that has the same fields and perhaps more behind them. */
    Row in(ObjectSchema extended) {
        return extended == schema
                ? this
                : new Row(extended, Arrays.copyOf(values, extended.fields().size()));
    }

    /** A text that is another one for every other state of the row. */
    public String state() {
        StringBuilder state = new StringBuilder();
        for (Object value : values) {
            String text = String.valueOf(value);
            state.append(text.length()).append(':').append(text);
        }
        return state.toString();
    }

    /** A fresh copy of the values, by field index. */
    Object[] copyOfValues() {
        return values.clone();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        List<FieldSchema> fields = schema.fields();
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, Object>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < fields.size();
                    }

                    @Override
                    public Entry<String, Object> next() {
                        if (!hasNext()) {
                            throw new NoSuchElementException();
                        }
                        FieldSchema field = fields.get(next++);
                        return new SimpleImmutableEntry<>(field.name(), get(field));
                    }
                };
            }

            @Override
            public int size() {
                return fields.size();
            }
        };
    }

    private Map<String, Object> compound(FieldSchema compound) {
        Map<String, Object> parts = new LinkedHashMap<>();
        boolean any = false;
        for (String part : CompoundParts.of(compound.type())) {
            Object value =
                    CompoundParts.field(schema, compound, part).map(this::get).orElse(null);
            parts.put(part, value);
            any |= value != null;
        }
        return any ? parts : null;
    }
}
