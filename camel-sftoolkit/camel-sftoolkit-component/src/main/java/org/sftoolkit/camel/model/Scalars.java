package org.sftoolkit.camel.model;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Tells plain values from structures at little cost. */
public final class Scalars {

    private Scalars() {}

    /**
     * Whether the value is null or of one of the final classes that nearly all fields have; false says nothing.
     *
     * <p>To find that a text is no {@code Map} the JVM searches all interfaces of {@code String}, field by field of every
     * record; to find that it is a {@code String} it compares one pointer.
     */
    public static boolean isCertainly(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof OffsetDateTime;
    }

    /** Whether all the values are certainly plain. */
    static boolean areCertainly(Object[] values) {
        for (Object value : values) {
            if (!isCertainly(value)) {
                return false;
            }
        }
        return true;
    }
}
