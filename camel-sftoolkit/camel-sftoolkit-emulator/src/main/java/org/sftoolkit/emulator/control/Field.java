package org.sftoolkit.emulator.control;

import java.util.List;

/**
 * A value that a resource takes, in its body or behind the {@code ?}.
 *
 * @param text what it means, in a few words
 * @param example as it stands in JSON
 */
record Field(String name, Type type, boolean required, String text, Object example, List<String> choices) {

    /** The form of a value. */
    enum Type {
        TEXT,
        INTEGER,
        FLAG,
        /** Milliseconds, or a text such as {@code 150ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 1d}. */
        TIME,
        /** Such as {@code 2026-03-01T10:00:00Z}. */
        INSTANT,
        TEXTS,
        OBJECTS,
        MAP,
        ANY
    }

    static Field of(String name, Type type, Object example, String text) {
        return new Field(name, type, false, text, example, List.of());
    }

    Field must() {
        return new Field(name, type, true, text, example, choices);
    }

    Field among(String... values) {
        return new Field(name, type, required, text, example, List.of(values));
    }
}
