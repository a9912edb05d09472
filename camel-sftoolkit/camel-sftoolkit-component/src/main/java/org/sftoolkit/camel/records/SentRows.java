package org.sftoolkit.camel.records;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.RowIdentity;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;

/**
 * The rows that went into one job, found again by what its results give back: by their Id or external id, else by all of their
 * content. Results come in any order, and numbers and times in another form than they were sent. Of rows with equal content,
 * which are all the same to Salesforce, the first in the input comes first. Not thread-safe.
 */
final class SentRows {

    /**
     * A row.
     *
     * @param place  of its record in the input
     * @param record null if it was not kept
     */
    record Sent(int place, @Nullable SourceRecord record) {}

    private final BulkAction action;
    private final RowIdentity identity;
    private final Map<Object, Deque<Sent>> rows = new HashMap<>();
    private int left;

    /** @param object null if it is not known */
    SentRows(
            BulkAction action,
            List<String> columns,
            @Nullable String externalIdField,
            @Nullable ObjectDescription object) {
        this.action = action;
        this.identity = new RowIdentity(action, columns, externalIdField, object);
    }

    void add(Sent row, List<String> cells) {
        rows.computeIfAbsent(identity.of(cells), same -> new ArrayDeque<>(1)).add(row);
        left++;
    }

    /** Takes the row that a result belongs to; null if there is no such row. */
    @Nullable
    Sent take(Map<String, String> cells) {
        Object same = identity.of(cells);
        Deque<Sent> found = rows.get(same);
        if (found == null) {
            return null;
        }
        Sent row = found.poll();
        if (found.isEmpty()) {
            rows.remove(same);
        }
        left--;
        return row;
    }

    BulkAction action() {
        return action;
    }

    int left() {
        return left;
    }

    /** Takes all rows that no result spoke of, in their order. */
    List<Sent> takeRest() {
        var rest = new TreeMap<Integer, Sent>();
        rows.values().forEach(same -> same.forEach(row -> rest.put(row.place(), row)));
        rows.clear();
        left = 0;
        return List.copyOf(rest.values());
    }
}
