package org.sftoolkit.emulator.events;

import java.util.function.Predicate;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/** Reads conditions as stand behind WHERE. */
@FunctionalInterface
public interface RowFilter {

    /**
     * The test of rows that the condition stands for.
     *
     * @throws RuntimeException when the condition is not understood
     */
    Predicate<Row> of(ObjectSchema object, String condition);
}
