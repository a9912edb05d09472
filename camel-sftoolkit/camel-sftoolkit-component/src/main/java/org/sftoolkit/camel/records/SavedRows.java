package org.sftoolkit.camel.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkColumns;
import org.sftoolkit.camel.bulk.RowMaker;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.InvalidValueException;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.DuplicateKeys;

/** The records of a {@code save} on their way into bulk jobs: planned as those that go through REST, and remembered by job. */
final class SavedRows implements RowMaker {

    private final CallOptions options;
    private final @Nullable ObjectDescription object;
    private final SaveResultCollector slots;
    private final boolean kept;
    private final IntUnaryOperator places;
    private final BulkColumns columns;
    private final SentFields fields = new SentFields();
    private final Map<Integer, SentRows> sent = new ConcurrentHashMap<>();
    private final SameKeys keys;
    private final boolean scanned;
    private final List<SameKeys.Twin> twins = new ArrayList<>();
    private final List<SameKeys.Twin> later = new ArrayList<>();

    /**
     * @param object null if it is not known
     * @param kept   whether records are in memory anyway, so that they may be kept until their outcome is known
     * @param places  in the input, of the records in their order
     * @param keys    finds records that name the same record of the org
     * @param scanned whether it has looked through all of them; else each is looked up as it comes
     */
    SavedRows(
            CallOptions options,
            @Nullable ObjectDescription object,
            SaveResultCollector slots,
            boolean kept,
            IntUnaryOperator places,
            SameKeys keys,
            boolean scanned) {
        this.options = options;
        this.object = object;
        this.slots = slots;
        this.kept = kept;
        this.places = places;
        this.keys = keys;
        this.scanned = scanned;
        this.columns = new BulkColumns(object);
    }

    @Override
    public @Nullable Row row(int index, SourceRecord record) {
        int place = places.applyAsInt(index);
        SavePlan plan = SavePlan.of(record, options, fields, object);
        if (plan.key() != null && isTaken(place, record, plan)) {
            return null;
        }
        return switch (plan.action()) {
            case REFUSE -> refused(place, record, plan.requiredProblem());
            case SKIP -> {
                slots.set(SaveResult.unchanged(place, record.id(), kept ? record.origin() : null));
                yield null;
            }
            default -> {
                try {
                    yield new Row(place, record, action(plan), cells(plan));
                } catch (InvalidValueException e) {
                    yield refused(place, record, e.error());
                }
            }
        };
    }

    /** Whether another record with its key is sent in its stead, or before it. */
    private boolean isTaken(int place, SourceRecord record, SavePlan plan) {
        int first = scanned ? keys.winner(place) : keys.match(place, record).first();
        if (scanned ? keys.isRefused(place) : first >= 0 && policy() == DuplicateKeys.FAIL) {
            refused(place, record, SameKeys.error(plan.key()));
            return true;
        }
        if (first < 0 || first == place) {
            return false;
        }
        if (scanned || policy() == DuplicateKeys.FIRST) {
            twins.add(new SameKeys.Twin(place, record, first));
        } else {
            later.add(new SameKeys.Twin(place, record, first));
        }
        return true;
    }

    private DuplicateKeys policy() {
        return options.records().writing().duplicateKeys();
    }

    /** Records that are not sent, and have the result of another. */
    List<SameKeys.Twin> twins() {
        return twins;
    }

    /** Records of a stream that write over one before them, and go into a later job. */
    List<SameKeys.Twin> later() {
        return later;
    }

    private @Nullable Row refused(int place, SourceRecord record, SaveError problem) {
        slots.set(SaveResult.failure(place, record.id(), List.of(problem), record.origin()));
        return null;
    }

    /** A field that the object has not would let the whole job fail, and not the record alone. */
    private Map<String, Object> cells(SavePlan plan) {
        Map<String, Object> row = plan.row(options.externalIdField());
        for (var field : row.entrySet()) {
            if (!(field.getValue() instanceof Map) && columns.isUnknown(field.getKey())) {
                throw new InvalidValueException(
                        "INVALID_FIELD",
                        field.getKey(),
                        "No such column '" + field.getKey() + "' on sobject of type "
                                + (object == null ? "" : object.name()));
            }
        }
        return columns.cells(row);
    }

    private static BulkAction action(SavePlan plan) {
        return switch (plan.action()) {
            case INSERT -> BulkAction.INSERT;
            case UPDATE -> BulkAction.UPDATE;
            default -> BulkAction.UPSERT;
        };
    }

    @Override
    public void refuse(Row row, SaveError problem) {
        refused(row.place(), row.record(), problem);
    }

    @Override
    public void written(int part, Row row, List<String> names, List<String> cells) {
        sent.computeIfAbsent(part, number -> new SentRows(row.action(), names, options.externalIdField(), object))
                .add(new SentRows.Sent(row.place(), kept ? row.record() : null), cells);
    }

    @Override
    public boolean isKey(BulkAction action, String column) {
        return column.equalsIgnoreCase(action == BulkAction.UPSERT ? options.externalIdField() : "Id");
    }

    /** The rows of a job's data; requested once. */
    SentRows take(int part) {
        return sent.remove(part);
    }
}
