package org.sftoolkit.camel.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SourceRecord;
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
    private final EncodedRecord.Encoder encoder;
    private final BatchBody body;
    private final List<SaveBatch.Entry> entries;
    private final Map<String, SaveBatch.Entry> byKey = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private long bytes;
    private int runs;
    private @Nullable String lastType;

    /**
     * @param encoder has written the record that is asked about or added
     * @param body    takes the records
     */
    BatchBuilder(
            int size,
            DuplicateKeys duplicateKeys,
            SaveResultCollector slots,
            EncodedRecord.Encoder encoder,
            BatchBody body) {
        this.size = size;
        this.entries = new ArrayList<>(size);
        this.duplicateKeys = duplicateKeys;
        this.slots = slots;
        this.encoder = encoder;
        this.body = body;
    }

    /** Whether it has room for this record too. */
    boolean takes(SavePlan plan) {
        int runsWith = plan.requiredType().equalsIgnoreCase(lastType) ? runs : runs + 1;
        return entries.isEmpty()
                || bytes + encoder.length() <= MAX_BYTES && runsWith <= CollectionsClient.MAX_TYPE_RUNS;
    }

    /** Whether it contains a record with this key, or refused one. */
    boolean knows(@Nullable String key) {
        return byKey.containsKey(key) || refused.contains(key);
    }

    /** @param key identifies records with the same key; null without a key */
    void add(int place, SourceRecord record, SavePlan plan, @Nullable String key) {
        if (key == null) {
            append(new SaveBatch.Entry(place, record, plan, body.add(encoder)));
        } else if (refused.contains(key)) {
            refuse(new SaveBatch.Entry(place, record, plan));
        } else if (byKey.containsKey(key)) {
            addDuplicate(key, place, record, plan);
        } else {
            var entry = new SaveBatch.Entry(place, record, plan, body.add(encoder), new ArrayList<>());
            byKey.put(key, entry);
            append(entry);
        }
    }

    private void append(SaveBatch.Entry entry) {
        String type = entry.plan().requiredType();
        runs += type.equalsIgnoreCase(lastType) ? 0 : 1;
        lastType = type;
        bytes += entry.json().length();
        entries.add(entry);
    }

    private void addDuplicate(String key, int place, SourceRecord record, SavePlan plan) {
        SaveBatch.Entry earlier = Objects.requireNonNull(byKey.get(key));
        var entry = new SaveBatch.Entry(place, record, plan);
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
                earlier.twins().add(earlier.unsent());
                // in memory of its own: the body still holds the bytes of the record that it replaces
                var last = new SaveBatch.Entry(place, record, plan, encoder.encoded(), earlier.twins());
                bytes += last.json().length() - earlier.json().length();
                entries.set(entries.indexOf(earlier), last);
                byKey.put(key, last);
            }
        }
    }

    private void refuse(SaveBatch.Entry entry) {
        slots.set(entry.failure(SameKeys.error(entry.plan().key())));
    }

    boolean isFull() {
        return entries.size() >= size;
    }

    /** Ends the body. Returns its length in bytes. */
    int end() {
        return body.end();
    }

    List<SaveBatch.Entry> entries() {
        return entries;
    }
}
