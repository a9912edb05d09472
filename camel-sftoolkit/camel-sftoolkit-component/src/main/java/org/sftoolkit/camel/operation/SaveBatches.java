package org.sftoolkit.camel.operation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.sftoolkit.camel.client.CollectionsClient;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Sorts records into requests while they are read: one request holds one kind of write, an upsert one type, and none more
 * runs of types than Salesforce takes. Records that need no request get their result at once. Read by one thread at a time.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm">REST
 *      API Developer Guide: Create Multiple Records</a>
 */
final class SaveBatches {

    private record Lane(SavePlan.Action action, String type) {}

    private final Records input;
    private final CallOptions options;
    private final ResultSlots slots;
    private final int size;
    private final Map<Lane, List<SaveBatch.Entry>> open = new LinkedHashMap<>();
    private final Queue<SaveBatch> full = new ArrayDeque<>();
    private int place;
    private int made;

    SaveBatches(Records input, CallOptions options, ResultSlots slots) {
        this.input = input;
        this.options = options;
        this.slots = slots;
        this.size = options.batchOf(CollectionsClient.MAX_WRITE);
    }

    /** The next request; empty when all records are in one. */
    Optional<SaveBatch> next() {
        // with allOrNone everything is read before anything is sent, so that a list for two requests is refused
        // untouched
        while ((full.isEmpty() || options.records().allOrNone())
                && input.iterator().hasNext()) {
            add(input.iterator().next());
        }
        if (full.isEmpty() || options.records().allOrNone()) {
            open.forEach(this::complete);
            open.clear();
        }
        return Optional.ofNullable(full.poll());
    }

    private void add(SourceRecord record) {
        SavePlan plan = SavePlan.of(record, options);
        var entry = new SaveBatch.Entry(place++, record, plan);
        switch (plan.action()) {
            case REFUSE ->
                slots.set(SaveResult.failure(entry.place(), record.id(), List.of(plan.problem()), record.origin()));
            case SKIP ->
                slots.set(SaveResult.skipped(entry.place(), record.id(), input.inMemory() ? record.origin() : null));
            default -> queue(entry);
        }
    }

    private void queue(SaveBatch.Entry entry) {
        SavePlan plan = entry.plan();
        var lane = new Lane(
                plan.action(),
                plan.action() == SavePlan.Action.UPSERT ? plan.type().toLowerCase(Locale.ROOT) : null);
        List<SaveBatch.Entry> entries = open.computeIfAbsent(lane, key -> new ArrayList<>());
        if (runsWith(entries, plan.type()) > CollectionsClient.MAX_TYPE_RUNS) {
            complete(lane, entries);
            entries = new ArrayList<>();
            open.put(lane, entries);
        }
        entries.add(entry);
        if (entries.size() >= size) {
            complete(lane, entries);
            open.remove(lane);
        }
    }

    private static int runsWith(List<SaveBatch.Entry> entries, String type) {
        int runs = 1;
        String last = null;
        for (SaveBatch.Entry entry : entries) {
            if (last != null && !entry.plan().type().equalsIgnoreCase(last)) {
                runs++;
            }
            last = entry.plan().type();
        }
        return last != null && !type.equalsIgnoreCase(last) ? runs + 1 : runs;
    }

    private void complete(Lane lane, List<SaveBatch.Entry> entries) {
        if (options.records().allOrNone() && ++made > 1) {
            throw new IllegalArgumentException(
                    "allOrNone holds for one request, and this list takes several: send at most " + size
                            + " records of one kind of write, or turn allOrNone off");
        }
        full.add(new SaveBatch(lane.action(), entries));
    }
}
