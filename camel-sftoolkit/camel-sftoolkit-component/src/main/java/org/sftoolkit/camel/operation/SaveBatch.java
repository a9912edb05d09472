package org.sftoolkit.camel.operation;

import java.util.List;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Records that go in one request.
 *
 * @param action  what is done with all of them
 * @param entries the records, in order
 */
record SaveBatch(SavePlan.Action action, List<Entry> entries) {

    /**
     * One record of a list.
     *
     * @param place  its place in the input
     * @param record the record
     * @param plan   what becomes of it
     */
    record Entry(int place, SourceRecord record, SavePlan plan) {}
}
