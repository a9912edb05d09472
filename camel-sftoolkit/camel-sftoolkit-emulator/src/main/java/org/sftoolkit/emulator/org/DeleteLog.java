package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows were deleted and when, kept apart from the recycle bin: emptying the bin leaves the log, and the log can be
 * trimmed while rows lie in the bin (SOAP API Developer Guide: getDeleted). Safe for threads.
 */
public final class DeleteLog {

    /**
     * A deletion.
     *
     * @param object name of the row's object
     * @param at to the second
     */
    public record Entry(String object, String id, Instant at) {}

    private final List<Entry> entries = new ArrayList<>();
    private Instant earliest = Instant.EPOCH;

    DeleteLog() {}

    /** All deletions, oldest first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Adds deletions, of transactions that are done. */
    public synchronized void add(List<Entry> deleted) {
        entries.addAll(deleted);
    }

    /** These deletions in place of all. */
    synchronized void replace(List<Entry> deletions) {
        entries.clear();
        entries.addAll(deletions);
    }

    /** Deletions of an object from {@code start} up to, and without, {@code end}; in the order they were committed in. */
    public synchronized List<Entry> between(String object, Instant start, Instant end) {
        return entries.stream()
                .filter(entry -> entry.object().equals(object))
                .filter(entry -> !entry.at().isBefore(start) && entry.at().isBefore(end))
                .toList();
    }

    /** Where the log begins: what was deleted before is not known any more. */
    public synchronized Instant earliest() {
        return earliest;
    }

    /** Forgets the deletions before this instant, as Salesforce does when the log grows too long. */
    public synchronized void trim(Instant before) {
        entries.removeIf(entry -> entry.at().isBefore(before));
        earliest = before.isAfter(earliest) ? before : earliest;
    }
}
