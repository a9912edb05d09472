package org.sftoolkit.emulator.fault;

import java.util.Map;
import java.util.function.Predicate;

/**
 * Rows that cannot be locked for a while.
 *
 * @param object name of the object
 * @param rows picks rows by the fields that are sent, to which {@code Id} is added where there is one
 * @param times how many more attempts fail
 */
record RowLock(String object, Predicate<Map<String, ?>> rows, int times) {}
