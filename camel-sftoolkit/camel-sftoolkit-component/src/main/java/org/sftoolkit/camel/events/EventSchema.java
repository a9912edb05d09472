package org.sftoolkit.camel.events;

import java.util.List;
import java.util.Map;

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
     */
    record Field(String name, Kind kind, String type, boolean nullable, List<Field> parts) {

        public Field {
            parts = List.copyOf(parts);
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
