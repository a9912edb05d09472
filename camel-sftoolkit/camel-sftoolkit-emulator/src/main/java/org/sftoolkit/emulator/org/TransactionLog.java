package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a transaction has done, in order, so that it can be undone and told. Guarded by the org's write lock. */
final class TransactionLog {

    /** A row as it was before; without a table: a platform event. */
    private record Change(ObjectTable table, String id, Row before) {}

    private final List<Change> changes = new ArrayList<>();
    /** By the number of the changes before it. */
    private final Map<Integer, PublishedEvent> published = new TreeMap<>();

    /** Writes a row into its table. */
    void put(ObjectTable table, Row row) {
        changes.add(new Change(table, row.id(), table.put(row.id(), row)));
    }

    /** Removes a row from its table for good. */
    void remove(ObjectTable table, String id) {
        changes.add(new Change(table, id, table.put(id, null)));
    }

    /** A platform event is to be published at the end. */
    void published(PublishedEvent event) {
        published.put(changes.size(), event);
        changes.add(new Change(null, event.id(), null));
    }

    /** The number of changes: a mark for {@link #rollBackTo}. */
    int size() {
        return changes.size();
    }

    /** Takes back everything that came after the mark. */
    void rollBackTo(int mark) {
        while (changes.size() > mark) {
            Change change = changes.remove(changes.size() - 1);
            if (change.table() == null) {
                published.remove(changes.size());
            } else {
                change.table().put(change.id(), change.before());
            }
        }
    }

    /** The rows that are deleted now and were not before. */
    List<DeleteLog.Entry> deletions(Instant now) {
        return changes.stream()
                .filter(change -> change.table() != null)
                .filter(change -> change.before() != null && !change.before().deleted())
                .filter(change -> isGone(change.table().get(change.id())))
                .map(change -> new DeleteLog.Entry(change.table().schema().name(), change.id(), now))
                .distinct()
                .toList();
    }

    private static boolean isGone(Row row) {
        return row == null || row.deleted();
    }

    /** Adds the rows that were written, as they were before all that is in the map, and as they are now. */
    void addWritten(Map<String, CommitListener.Written> rows) {
        for (Change change : changes) {
            if (change.table() != null && !rows.containsKey(change.id())) {
                rows.put(
                        change.id(),
                        new CommitListener.Written(
                                change.table().schema(),
                                change.id(),
                                change.before(),
                                change.table().get(change.id())));
            }
        }
    }

    /** The platform events, in order. */
    Collection<PublishedEvent> published() {
        return published.values();
    }
}
