package org.sftoolkit.camel.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema of an event. Immutable; thread-safe. */
public interface EventSchema {

    /** Its id. */
    String id();

    /** Name of the event without its package, such as {@code AccountChangeEvent} or {@code Order_Placed__e}. */
    String name();

    /** Its fields in their order, which is what the bitmaps of change events count by. */
    List<Field> fields();

    /**
     * An event by its fields: text, numbers, booleans, lists, and maps for what has parts; null for no value.
     *
     * @throws org.sftoolkit.camel.error.UnreadableResponseException if the payload is not of this schema
     */
    Map<String, Object> decode(byte[] payload);

    /**
     * The payload of an event.
     *
     * @param values by field; a field that is missing is null
     * @throws IllegalArgumentException if a value does not fit its field, naming both
     */
    byte[] encode(Map<String, ?> values);

    /** The schema as JSON. */
    String json();

    /**
     * A field.
     *
     * @param kind     of its value
     * @param type     Salesforce's type as the schema tells it, such as {@code DateTime}; empty if it does not
     * @param nullable whether it may have no value
     * @param parts    of a compound field, in their order; else empty
     * @param restName its name in REST, which has no parts within fields; null for a part that REST does not have
     */
    record Field(String name, Kind kind, String type, boolean nullable, List<Field> parts, @Nullable String restName) {

        public Field {
            parts = parts.stream()
                    .map(part -> part.named(RestNames.ofPart(name, part.name)))
                    .toList();
        }

        /** A field of the event itself, or one that is to become a part. */
        public Field(String name, Kind kind, String type, boolean nullable, List<Field> parts) {
            this(name, kind, type, nullable, parts, name);
        }

        private Field named(@Nullable String restName) {
            return new Field(name, kind, type, nullable, parts, restName);
        }
    }

    /** Kinds of values. */
    enum Kind {
        TEXT,
        BOOLEAN,
        INTEGER,
        LONG,
        DOUBLE,
        BYTES,
        LIST,
        COMPOUND
    }
}
