package org.sftoolkit.camel.soql;

/** Values by the names that stand in a statement. */
@FunctionalInterface
public interface Parameters {

    /** A statement without names. */
    Parameters NONE = name -> null;

    /** What stands under this name; null where nothing does. */
    Bound find(String name);

    /**
     * A value that was found.
     *
     * @param value may be null, which is a value too
     */
    record Bound(Object value) {}

    /** The value under this name; throws {@code IllegalArgumentException} that names it where there is none. */
    default Object value(String name) {
        Bound bound = find(name);
        if (bound == null) {
            throw new IllegalArgumentException(":" + name
                    + " has no value: set a key of the body map, a header or an exchange property of this name");
        }
        return bound.value();
    }
}
