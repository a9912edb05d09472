package org.sftoolkit.camel.records;

import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Records that go in one request.
 *
 * @param action  what is done with all of them
 * @param group   batches of one group go one after the other
 * @param entries the records, in order
 * @param later   whether it waits until all batches before it have ended, since it writes over a record of theirs
 */
record SaveBatch(SavePlan.Action action, int group, List<Entry> entries, boolean later) {

    SaveBatch(SavePlan.Action action, int group, List<Entry> entries) {
        this(action, group, entries, false);
    }

    /**
     * One record of a list.
     *
     * @param place  its place in the input
     * @param record the record
     * @param plan   what becomes of it
     * @param json   the record as it is sent
     * @param twins  records of the same key that are not sent, and have its result
     */
    record Entry(int place, SourceRecord record, SavePlan plan, EncodedRecord json, List<Entry> twins) {

        Entry(int place, SourceRecord record, SavePlan plan, EncodedRecord json) {
            this(place, record, plan, json, new ArrayList<>());
        }

        SaveResult failure(org.sftoolkit.camel.model.SaveError error) {
            return SaveResult.failure(place, record.id(), List.of(error), record.origin());
        }
    }
}
