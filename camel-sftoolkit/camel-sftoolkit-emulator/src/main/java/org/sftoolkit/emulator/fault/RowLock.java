package org.sftoolkit.emulator.fault;

import java.util.Map;
import java.util.function.Predicate;

/**
 * Rows that cannot be locked for a while.
 *
 * @param object name of the object
 * @param field by which the rows are picked; null if Java code picks them
 * @param value that the rows have in that field, or null
 * @param rows picks rows by the fields that are sent, and of rows to be deleted by all of them; {@code Id} is among them if
 *     there is one
 * @param times how many more attempts fail
 */
public record RowLock(String object, String field, String value, Predicate<Map<String, ?>> rows, int times) {

    RowLock struck() {
        return new RowLock(object, field, value, rows, times == Integer.MAX_VALUE ? times : times - 1);
    }
}
