package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All rows of an org and its deletions at one moment, for {@link Org#restore}. Immutable; shares the rows with the org.
 *
 * @param taken the org's time
 * @param rows by name of their object, those in the recycle bin too
 */
public record OrgSnapshot(Instant taken, Map<String, List<Row>> rows, List<DeleteLog.Entry> deletions) {

    public OrgSnapshot {
        rows = Map.copyOf(rows);
        deletions = List.copyOf(deletions);
    }

    /** Number of rows outside the recycle bin. */
    public long size() {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> !row.deleted())
                .count();
    }

    @Override
    public String toString() {
        return "OrgSnapshot[" + taken + ", " + size() + " rows]";
    }
}
