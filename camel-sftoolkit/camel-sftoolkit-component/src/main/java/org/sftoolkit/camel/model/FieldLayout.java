package org.sftoolkit.camel.model;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of fields that many records share, such as the rows of one query, in their order. Immutable. */
public final class FieldLayout {

    private final SerializedString[] names;
    private final Map<String, Integer> places;

    /** @param names without a name twice */
    public FieldLayout(Collection<String> names) {
        this.names = names.stream().map(SerializedString::new).toArray(SerializedString[]::new);
        this.places = new HashMap<>(names.size() * 2);
        for (String name : names) {
            if (places.put(name, places.size()) != null) {
                throw new IllegalArgumentException("the field " + name + " is named twice");
            }
        }
    }

    /** How many fields there are. */
    public int size() {
        return names.length;
    }

    /** A name as a JSON parser compares it with its input. */
    public SerializableString name(int place) {
        return names[place];
    }

    /** A map with these names and values. It lets values be replaced; names are neither added nor removed. */
    Map<String, Object> with(Object[] values) {
        return new Fields(this, values);
    }

    private static final class Fields extends AbstractMap<String, Object> {

        private final FieldLayout layout;
        private final Object[] values;

        Fields(FieldLayout layout, Object[] values) {
            if (values.length != layout.size()) {
                throw new IllegalArgumentException(values.length + " values for " + layout.size() + " fields");
            }
            this.layout = layout;
            this.values = values;
        }

        @Override
        public boolean containsKey(Object name) {
            return layout.places.containsKey(name);
        }

        @Override
        public @Nullable Object get(Object name) {
            Integer place = layout.places.get(name);
            return place == null ? null : values[place];
        }

        @Override
        public @Nullable Object put(String name, @Nullable Object value) {
            Integer place = layout.places.get(name);
            if (place == null) {
                throw new UnsupportedOperationException("the record has no field " + name);
            }
            Object old = values[place];
            values[place] = value;
            return old;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return new Places();
                }

                @Override
                public int size() {
                    return values.length;
                }
            };
        }

        private final class Places implements Iterator<Entry<String, Object>> {

            private int next;

            @Override
            public boolean hasNext() {
                return next < values.length;
            }

            @Override
            public Entry<String, Object> next() {
                if (next == values.length) {
                    throw new java.util.NoSuchElementException("the record has " + values.length + " fields");
                }
                var entry = new SimpleEntry<>(layout.names[next].getValue(), values[next]);
                next++;
                return entry;
            }
        }
    }
}
