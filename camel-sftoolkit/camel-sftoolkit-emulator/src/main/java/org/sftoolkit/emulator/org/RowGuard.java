package org.sftoolkit.emulator.org;

import java.util.Map;

/** Asked before each row is written; may refuse it. A seam for injected row locks. */
@FunctionalInterface
public interface RowGuard {

    /** Refuses nothing. */
    RowGuard NONE = (object, id, record) -> {};

    /**
     * @param id the row's id, or null when it is to be inserted
     * @param record the fields sent; empty for a delete
     * @throws RowRefusedException when this row is not to be written now
     */
    void check(ObjectSchema object, String id, Map<String, ?> record);
}
