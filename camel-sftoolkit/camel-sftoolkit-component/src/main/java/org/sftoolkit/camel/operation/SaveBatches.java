package org.sftoolkit.camel.operation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.sftoolkit.camel.client.CollectionsClient;
import org.sftoolkit.camel.client.EncodedRecord;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Sorts records into requests while they are read: one request holds one kind of write, an upsert one type, and no more
 * records, bytes and runs of types than Salesforce takes. Records that need no request get their result at once. Read by one
 * thread at a time.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm">REST
 *      API Developer Guide: Create Multiple Records</a>
 */
final class SaveBatches {

    /** What {@link #next()} gives. */
    sealed interface Next {}

    /** A request to send. */
    record Ready(SaveBatch batch) implements Next {}

    /** The next record cannot be planned before this object's description is {@linkplain #describe given}. */
    record Unknown(String type) implements Next {}

    /** All records are in a request or have their result. */
    record End() implements Next {}

    private record Key(SavePlan.Action action, String type, int group) {}

    private final Records input;
    private final CallOptions options;
    private final ResultSlots slots;
    private final int groups;
    private final Map<Key, SaveLane> open = new LinkedHashMap<>();
    private final Queue<SaveBatch> full = new ArrayDeque<>();
    private final Map<String, ObjectDescription> descriptions = new ConcurrentHashMap<>();
    private final Map<String, SaveError> refused = new ConcurrentHashMap<>();
    private SourceRecord read;
    private int place;
    private int made;
    private int inserts;
    private boolean keyed;

    SaveBatches(Records input, CallOptions options, ResultSlots slots) {
        this.input = input;
        this.options = options;
        this.slots = slots;
        boolean together =
                options.records().allOrNone() || options.records().writing().groupBy() == null;
        this.groups = together ? 1 : options.concurrency().most();
    }

    /** The next request, or what stands in its way. */
    Next next() {
        // with allOrNone everything is read before anything is sent, so that a list that cannot be sent as a whole is
        // refused untouched
        while ((full.isEmpty() || options.records().allOrNone())
                && (read != null || input.iterator().hasNext())) {
            if (read == null) {
                read = input.iterator().next();
            }
            String type = SavePlan.type(read, options);
            if (options.records().writing().stripReadOnly()
                    && type != null
                    && !descriptions.containsKey(key(type))
                    && !refused.containsKey(key(type))) {
                return new Unknown(type);
            }
            SourceRecord record = read;
            read = null;
            add(record, type);
        }
        if (full.isEmpty() || options.records().allOrNone()) {
            open.forEach(this::complete);
            open.clear();
        }
        if (options.records().allOrNone() && slots.someFailed()) {
            unsent(Optional.empty()).forEach(entry -> slots.set(entry.failure(ROLLED_BACK)));
            full.clear();
        }
        SaveBatch batch = full.poll();
        return batch == null ? new End() : new Ready(batch);
    }

    private static final SaveError ROLLED_BACK = new SaveError(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "not sent, because other records of the list cannot be sent and allOrNone is set",
            List.of(),
            false);

    /** Gives the description that {@link Unknown} asked for. */
    void describe(String type, ObjectDescription description) {
        descriptions.put(key(type), description);
    }

    private static String key(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    /** There is no description that {@link Unknown} asked for: records of this object are refused. */
    void refuse(String type, SaveError problem) {
        refused.put(key(type), problem);
    }

    /**
     * Records that were read and have not been sent.
     *
     * @param last a request that was given out and not sent
     */
    List<SaveBatch.Entry> unsent(Optional<SaveBatch> last) {
        var entries = new ArrayList<SaveBatch.Entry>();
        last.ifPresent(batch -> entries.addAll(batch.entries()));
        full.forEach(batch -> entries.addAll(batch.entries()));
        open.values().forEach(lane -> entries.addAll(lane.entries()));
        if (read != null) {
            entries.add(new SaveBatch.Entry(place, read, null, null));
        }
        List.copyOf(entries).forEach(entry -> entries.addAll(entry.twins()));
        return entries;
    }

    /**
     * Records that were taken as new because none of the list has a value for the external id by which they are to be found: its
     * name may be misspelt, and they will be created again each time. 0 where there is no such doubt.
     */
    int insertsWithoutAnyKey() {
        boolean asked = options.externalIdField() != null && options.records().mode() == SaveMode.AUTO;
        return asked && !keyed ? inserts : 0;
    }

    private void add(SourceRecord record, String type) {
        int at = place++;
        SaveError unknown = record.defect() != null || type == null ? null : refused.get(key(type));
        SavePlan plan = unknown != null
                ? SavePlan.refused(unknown)
                : SavePlan.of(record, options, type == null ? null : descriptions.get(key(type)));
        inserts += plan.action() == SavePlan.Action.INSERT ? 1 : 0;
        keyed |= plan.action() == SavePlan.Action.UPSERT;
        switch (plan.action()) {
            case REFUSE -> slots.set(SaveResult.failure(at, record.id(), List.of(plan.problem()), record.origin()));
            case SKIP -> slots.set(SaveResult.unchanged(at, record.id(), input.inMemory() ? record.origin() : null));
            default -> encode(at, record, plan);
        }
    }

    private void encode(int at, SourceRecord record, SavePlan plan) {
        EncodedRecord json;
        try {
            json = EncodedRecord.of(plan.type(), plan.row(options.externalIdField()));
        } catch (IllegalArgumentException e) {
            var problem = new SaveError("INVALID_VALUE", e.getMessage(), List.of(), false);
            slots.set(SaveResult.failure(at, record.id(), List.of(problem), record.origin()));
            return;
        }
        queue(new SaveBatch.Entry(at, record, plan, json));
    }

    private void queue(SaveBatch.Entry entry) {
        SavePlan plan = entry.plan();
        var key =
                new Key(plan.action(), plan.action() == SavePlan.Action.UPSERT ? key(plan.type()) : null, group(entry));
        SaveLane lane = open.computeIfAbsent(key, k -> lane());
        if (!lane.takes(entry)) {
            complete(key, lane);
            lane = lane();
            open.put(key, lane);
        }
        lane.add(entry);
        if (lane.isFull()) {
            complete(key, lane);
            open.remove(key);
        }
    }

    private SaveLane lane() {
        return new SaveLane(
                options.batchOf(CollectionsClient.MAX_WRITE),
                options.records().writing().duplicateKeys(),
                slots);
    }

    private int group(SaveBatch.Entry entry) {
        if (groups == 1) {
            return 0;
        }
        Object parent = FieldNames.value(
                entry.record().fields(), options.records().writing().groupBy());
        return Math.floorMod(
                parent == null
                        ? entry.place() / CollectionsClient.MAX_WRITE
                        : RecordId.comparable(parent).hashCode(),
                groups);
    }

    private void complete(Key key, SaveLane lane) {
        if (lane.entries().isEmpty()) {
            return;
        }
        if (options.records().allOrNone() && ++made > 1) {
            throw new IllegalArgumentException(
                    "allOrNone holds for one request, and this list takes several: send at most "
                            + options.batchOf(CollectionsClient.MAX_WRITE)
                            + " records of one kind of write, or turn allOrNone off");
        }
        full.add(new SaveBatch(key.action(), key.group(), lane.entries()));
    }
}
