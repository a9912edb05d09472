package org.sftoolkit.camel.records;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.SaveMode;

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

    private final Records input;
    private final CallOptions options;
    private final SaveResultCollector slots;
    private final int groups;
    private final Map<SaveBatch.Kind, BatchBuilder> open = new LinkedHashMap<>();
    private final Queue<SaveBatch> full = new ArrayDeque<>();
    private final Map<String, Optional<ObjectDescription>> descriptions = byType();
    private final SentFields fields = new SentFields();
    private final EncodedRecord.Encoder encoder = new EncodedRecord.Encoder();
    private final Map<String, SaveError> refused = byType();
    private final SameKeys keys;
    private final List<SameKeys.Twin> twins = new ArrayList<>();
    private Iterator<SourceRecord> records;
    private @Nullable List<SourceRecord> all;
    private @Nullable SourceRecord read;
    private int place;
    private int made;
    private int expectedBytes;
    private SaveBatch.@Nullable Kind lastKind;
    private int inserts;
    private boolean keyed;

    SaveBatches(Records input, CallOptions options, SaveResultCollector slots) {
        this.input = input;
        this.options = options;
        this.slots = slots;
        this.keys = new SameKeys(options, descriptions::get);
        this.records = input.iterator();
        boolean together =
                options.records().allOrNone() || options.records().writing().groupBy() == null;
        this.groups = together ? 1 : options.concurrency().most();
    }

    /** The next request, or what prevents it. */
    Next next() {
        if (isScanned()) {
            String unknown = scan();
            if (unknown != null) {
                return new Unknown(unknown);
            }
        }
        // with allOrNone everything is read before anything is sent, so that a list that cannot be sent as a whole is
        // refused untouched
        while ((full.isEmpty() || options.records().allOrNone()) && (read != null || records.hasNext())) {
            if (read == null) {
                read = records.next();
            }
            String type = SavePlan.type(read, options);
            if (type != null
                    && !descriptions.containsKey(type)
                    && !refused.containsKey(type)
                    && SavePlan.needsDescription(read, options)) {
                return new Unknown(type);
            }
            SameKeys.Match match = all != null ? SameKeys.Match.NONE : keys.match(place, read);
            if (match.ask() != null) {
                return new Unknown(match.ask());
            }
            SourceRecord record = read;
            read = null;
            add(record, type, match);
        }
        if (full.isEmpty() || options.records().allOrNone()) {
            open.forEach(this::complete);
            open.clear();
        }
        if (options.records().allOrNone() && slots.someFailed()) {
            unsent(List.of()).forEach(entry -> slots.set(entry.failure(ROLLED_BACK)));
            full.clear();
        }
        SaveBatch batch = full.poll();
        return batch == null ? new End() : new Ready(batch);
    }

    /** A list in memory that needs several requests is looked through first: what was sent cannot be refused any more. */
    private boolean isScanned() {
        return input.inMemory()
                && !input.single()
                && options.records().mode() != SaveMode.INSERT
                && (input.size() == null || input.size() > 1);
    }

    private @Nullable String scan() {
        if (all == null) {
            all = new ArrayList<>();
            records.forEachRemaining(all::add);
            records = all.iterator();
        }
        return keys.scan(all);
    }

    /** Gives records that were not sent the results of those that were sent in their stead. */
    void settleTwins() {
        SameKeys.settle(twins, slots, input.inMemory());
    }

    private static final SaveError ROLLED_BACK = new SaveError(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "not sent, because other records of the list cannot be sent and allOrNone=true",
            List.of(),
            false);

    /** Sets the description that {@link Unknown} requested; empty if records are to be sent as they are. */
    void describe(String type, Optional<ObjectDescription> description) {
        descriptions.put(type, description);
    }

    // looked up for each record, whatever the case of its type
    private static <T> Map<String, T> byType() {
        return new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    /** The description that {@link Unknown} requested does not exist: records of this object are refused. */
    void refuse(String type, SaveError problem) {
        refused.put(type, problem);
    }

    /**
     * Records that were read and have not been sent.
     *
     * @param last a request that was given out and not sent
     */
    List<SaveBatch.Entry> unsent(List<SaveBatch> last) {
        var entries = new ArrayList<SaveBatch.Entry>();
        last.forEach(batch -> entries.addAll(batch.entries()));
        full.forEach(batch -> entries.addAll(batch.entries()));
        open.values().forEach(lane -> entries.addAll(lane.entries()));
        if (read != null) {
            entries.add(new SaveBatch.Entry(place, read, SavePlan.refused(ROLLED_BACK)));
        }
        List.copyOf(entries).forEach(entry -> entries.addAll(entry.twins()));
        return entries;
    }

    /**
     * Number of records sent as new because no record of the list has a value for the external id. Its name may be
     * wrong, and then they are created again each time. 0 if there is no such suspicion.
     */
    int insertsWithoutAnyKey() {
        boolean asked = options.externalIdField() != null && options.records().mode() == SaveMode.AUTO;
        return asked && !keyed ? inserts : 0;
    }

    private void add(SourceRecord record, @Nullable String type, SameKeys.Match match) {
        int at = place++;
        if (keys.winner(at) != at) {
            twins.add(new SameKeys.Twin(at, record, keys.winner(at)));
            return;
        }
        SaveError unknown = record.defect() != null || type == null ? null : refused.get(type);
        SavePlan plan =
                unknown != null ? SavePlan.refused(unknown) : SavePlan.of(record, options, fields, description(type));
        inserts += plan.action() == SavePlan.Action.INSERT ? 1 : 0;
        keyed |= plan.action() == SavePlan.Action.UPSERT;
        switch (plan.action()) {
            case REFUSE ->
                slots.set(SaveResult.failure(at, record.id(), List.of(plan.requiredProblem()), record.origin()));
            case SKIP -> slots.set(SaveResult.unchanged(at, record.id(), input.inMemory() ? record.origin() : null));
            default -> {
                if (keys.isRefused(at)) {
                    slots.set(
                            SaveResult.failure(at, record.id(), List.of(SameKeys.error(plan.key())), record.origin()));
                } else {
                    encode(at, record, plan, match);
                }
            }
        }
    }

    private @Nullable ObjectDescription description(@Nullable String type) {
        return type == null || descriptions.isEmpty()
                ? null
                : descriptions.getOrDefault(type, Optional.empty()).orElse(null);
    }

    private void encode(int at, SourceRecord record, SavePlan plan, SameKeys.Match match) {
        encoder.write(plan.requiredType(), plan.keyName(options.externalIdField()), plan.key(), plan.fields());
        lastKind = SaveBatch.Kind.of(plan, group(at, record), lastKind);
        SaveBatch.Kind kind = lastKind;
        BatchBuilder lane = open.get(kind);
        if (match.first() >= 0 && (lane == null || !lane.knows(match.key()))) {
            sentAlready(kind, at, record, plan, match);
            return;
        }
        if (lane != null && !lane.takes(plan)) {
            complete(kind, lane);
            lane = null;
        }
        if (lane == null) {
            lane = lane();
            open.put(kind, lane);
        }
        lane.add(at, record, plan, match.key());
        if (lane.isFull()) {
            complete(kind, lane);
            open.remove(kind);
        }
    }

    /** A record of a stream whose key another request has already. */
    private void sentAlready(SaveBatch.Kind kind, int at, SourceRecord record, SavePlan plan, SameKeys.Match match) {
        switch (options.records().writing().duplicateKeys()) {
            case FAIL ->
                slots.set(SaveResult.failure(at, record.id(), List.of(SameKeys.error(plan.key())), record.origin()));
            case FIRST -> twins.add(new SameKeys.Twin(at, record, match.first()));
            case LAST -> {
                open.forEach(this::complete);
                open.clear();
                var alone = new SaveBatch.Entry(at, record, plan, encoder.encoded());
                full.add(new SaveBatch(kind.action(), kind.group(), List.of(alone), true));
            }
        }
    }

    private BatchBuilder lane() {
        return new BatchBuilder(
                options.batchOf(CollectionsClient.MAX_WRITE),
                options.records().writing().duplicateKeys(),
                slots,
                encoder,
                new BatchBody(options.records().allOrNone(), expectedBytes));
    }

    private int group(int at, SourceRecord record) {
        if (groups == 1) {
            return 0;
        }
        Object parent = FieldNames.value(
                record.fields(),
                Objects.requireNonNull(options.records().writing().groupBy()));
        return Math.floorMod(
                parent == null ? at / CollectionsClient.MAX_WRITE : Objects.hashCode(RecordId.comparable(parent)),
                groups);
    }

    private void complete(SaveBatch.Kind kind, BatchBuilder lane) {
        if (lane.entries().isEmpty()) {
            return;
        }
        if (options.records().allOrNone() && ++made > 1) {
            throw new IllegalArgumentException(
                    "allOrNone works within one request, but this list needs several: send at most "
                            + options.batchOf(CollectionsClient.MAX_WRITE)
                            + " records of one kind of write, or set allOrNone=false");
        }
        expectedBytes = lane.end();
        full.add(new SaveBatch(kind.action(), kind.group(), lane.entries()));
    }
}
