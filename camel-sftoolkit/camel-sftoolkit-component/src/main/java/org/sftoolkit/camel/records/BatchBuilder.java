package org.sftoolkit.camel.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.DuplicateKeys;

/** A request in the making: takes records of one kind of write until Salesforce would take no more. */
final class BatchBuilder {

    /**
     * Salesforce takes 50 MB a request; a tenth of it leaves room for several requests in a small heap, and keeps each well
     * below the time that Salesforce grants it.
     */
    static final int MAX_BYTES = 5_000_000;

    private final int size;
    private final DuplicateKeys duplicateKeys;
    private final SaveResultCollector slots;
    private final List<SaveBatch.Entry> entries = new ArrayList<>();
    private final Map<String, SaveBatch.Entry> byKey = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private long bytes;
    private int runs;
    private @Nullable String lastType;

    BatchBuilder(int size, DuplicateKeys duplicateKeys, SaveResultCollector slots) {
        this.size = size;
        this.duplicateKeys = duplicateKeys;
        this.slots = slots;
    }

    /** Whether it has room for this record too. */
    boolean takes(SaveBatch.Entry entry) {
        int runsWith = entry.plan().requiredType().equalsIgnoreCase(lastType) ? runs : runs + 1;
        return entries.isEmpty()
                || bytes + entry.json().json().length <= MAX_BYTES && runsWith <= CollectionsClient.MAX_TYPE_RUNS;
    }

    /** Whether it contains a record with this key, or refused one. */
    boolean knows(@Nullable String key) {
        return byKey.containsKey(key) || refused.contains(key);
    }

    /** @param key identifies records with the same key; null without a key */
    void add(SaveBatch.Entry entry, @Nullable String key) {
        if (key == null) {
            append(entry);
        } else if (refused.contains(key)) {
            refuse(entry);
        } else if (byKey.containsKey(key)) {
            addDuplicate(key, entry);
        } else {
            byKey.put(key, entry);
            append(entry);
        }
    }

    private void append(SaveBatch.Entry entry) {
        String type = entry.plan().requiredType();
        runs += type.equalsIgnoreCase(lastType) ? 0 : 1;
        lastType = type;
        bytes += entry.json().json().length;
        entries.add(entry);
    }

    private void addDuplicate(String key, SaveBatch.Entry entry) {
        SaveBatch.Entry earlier = Objects.requireNonNull(byKey.get(key));
        switch (duplicateKeys) {
            case FAIL -> {
                entries.remove(earlier);
                byKey.remove(key);
                refused.add(key);
                refuse(earlier);
                refuse(entry);
            }
            case FIRST -> earlier.twins().add(entry);
            case LAST -> {
                entry.twins().addAll(earlier.twins());
                entry.twins().add(earlier);
                bytes += entry.json().json().length - earlier.json().json().length;
                entries.set(entries.indexOf(earlier), entry);
                byKey.put(key, entry);
            }
        }
    }

    private void refuse(SaveBatch.Entry entry) {
        slots.set(entry.failure(SameKeys.error(entry.plan().key())));
    }

    boolean isFull() {
        return entries.size() >= size;
    }

    List<SaveBatch.Entry> entries() {
        return entries;
    }
}
