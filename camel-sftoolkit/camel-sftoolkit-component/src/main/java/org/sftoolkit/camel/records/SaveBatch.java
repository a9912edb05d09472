package org.sftoolkit.camel.records;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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
     * What can go in one request.
     *
     * @param type in lower case; null if it does not matter
     */
    record Kind(SavePlan.Action action, @Nullable String type, int group) {

        /** @param last of the record before it, which mostly has the same */
        static Kind of(SavePlan plan, int group, @Nullable Kind last) {
            boolean typed = plan.action() == SavePlan.Action.UPSERT;
            return last != null
                            && last.action == plan.action()
                            && last.group == group
                            && (!typed || plan.requiredType().equalsIgnoreCase(last.type))
                    ? last
                    : new Kind(plan.action(), typed ? plan.requiredType().toLowerCase(Locale.ROOT) : null, group);
        }
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

        /** One that is not sent. */
        Entry(int place, SourceRecord record, SavePlan plan) {
            this(place, record, plan, EncodedRecord.NOTHING);
        }

        /** One without twins. */
        Entry(int place, SourceRecord record, SavePlan plan, EncodedRecord json) {
            this(place, record, plan, json, List.of());
        }

        /** The same without its JSON, and without twins of its own. */
        Entry unsent() {
            return new Entry(place, record, plan);
        }

        SaveResult failure(org.sftoolkit.camel.model.SaveError error) {
            return SaveResult.failure(place, record.id(), List.of(error), record.origin());
        }
    }
}
