package org.sftoolkit.camel.soql;

import org.jspecify.annotations.Nullable;

/** Values for the names in a statement. */
@FunctionalInterface
public interface Parameters {

    /** A statement without names. */
    Parameters NONE = name -> null;

    /** The value of this name, or null. */
    @Nullable
    Bound find(String name);

    /**
     * A value that was found.
     *
     * @param value may be null, which is a value too
     */
    record Bound(@Nullable Object value) {}

    /** The value of this name; throws {@code IllegalArgumentException} with the name if there is no value. */
    default @Nullable Object value(String name) {
        Bound bound = find(name);
        if (bound == null) {
            throw new IllegalArgumentException(":" + name
                    + " has no value: set a key of the body map, a header or an exchange property of this name");
        }
        return bound.value();
    }
}
