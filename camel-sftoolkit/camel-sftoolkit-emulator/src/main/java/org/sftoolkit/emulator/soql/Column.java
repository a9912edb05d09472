package org.sftoolkit.emulator.soql;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;

/**
 * A resolved expression: how its value is read, and what may be done with it.
 *
 * @param <T> what it is read from, a row or a group of rows
 * @param name as error messages call it
 * @param field the field behind it, or null if a function computes it
 */
record Column<T>(String name, FieldType type, FieldSchema field, Function<T, Object> read) {

    Object of(T source) {
        return read.apply(source);
    }

    ValueKind kind() {
        return ValueKind.of(type);
    }

    boolean caseSensitive() {
        return field != null && field.caseSensitive();
    }

    Object key(T source) {
        return kind().key(of(source), caseSensitive());
    }

    /** The value of a boolean is never null (SOQL and SOSL Reference: Filtering on Boolean Fields). */
    Object comparable(T source) {
        Object key = key(source);
        return key == null && kind() == ValueKind.BOOLEAN ? Boolean.FALSE : key;
    }

    /** The same place computed further; {@code null} values stay null. */
    Column<T> mapped(FieldType to, UnaryOperator<Object> change) {
        return new Column<>(name, to, null, source -> {
            Object value = of(source);
            return value == null ? null : change.apply(value);
        });
    }
}
