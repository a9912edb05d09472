package org.sftoolkit.camel.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.InvalidValueException;
import org.sftoolkit.camel.model.ObjectShape;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;

/** The records of {@code bulk}: all go the same way; those that cannot be sent are rows that failed. */
final class BulkRecords implements RowMaker {

    private final BulkAction action;
    private final String key;
    private final List<String> chosen;
    private final ObjectShape shape;
    private final BulkColumns columns;
    private final SentFields fields = new SentFields();
    private final @Nullable ObjectDescription object;
    private final boolean matched;
    private final Map<Integer, RowPlaces> places = new ConcurrentHashMap<>();
    private volatile IntUnaryOperator origin = place -> place;
    private final List<BulkRow> refused = Collections.synchronizedList(new ArrayList<>());

    /** @param object null if it is not known */
    BulkRecords(BulkAction action, CallOptions options, @Nullable ObjectDescription object) {
        this.action = action;
        this.key = action == BulkAction.UPSERT ? options.requiredExternalIdField() : "Id";
        this.chosen = options.fields();
        this.shape = object == null ? ObjectShape.UNKNOWN : object;
        this.columns = new BulkColumns(object);
        this.object = object;
        this.matched = options.bulk().matchRows();
    }

    @Override
    public @Nullable Row row(int place, SourceRecord record) {
        try {
            return new Row(place, record, action, chosen(columns.cells(fields(record))));
        } catch (InvalidValueException e) {
            refuse(place, record, e.error());
        } catch (IllegalArgumentException e) {
            refuse(place, record, new SaveError("INVALID_VALUE", String.valueOf(e.getMessage()), List.of(), false));
        }
        return null;
    }

    private Map<String, Object> fields(SourceRecord record) {
        if (action.deletes()) {
            Object id = record.origin() instanceof CharSequence text
                    ? text.toString().strip()
                    : record.id();
            if (record.defect() != null && !(record.origin() instanceof CharSequence)) {
                throw new IllegalArgumentException(record.defect());
            }
            return Collections.singletonMap("Id", id);
        }
        if (record.defect() != null) {
            throw new IllegalArgumentException(record.defect());
        }
        // Salesforce would refuse each row for an Id that it does not need
        Set<String> unsent = sendsId() ? Set.of() : Set.of("Id");
        return fields.of(record, record.fields().keySet(), unsent, shape);
    }

    private Map<String, Object> chosen(Map<String, Object> cells) {
        if (!chosen.isEmpty() && !action.deletes()) {
            cells.keySet().removeIf(column -> chosen.stream()
                    .noneMatch(name -> name.equalsIgnoreCase(column)
                            || column.regionMatches(true, column.indexOf(':') + 1, name, 0, name.length())
                                    && column.length() == column.indexOf(':') + 1 + name.length()));
        }
        return cells;
    }

    private boolean sendsId() {
        return action == BulkAction.UPDATE || "Id".equalsIgnoreCase(key) && action == BulkAction.UPSERT;
    }

    @Override
    public boolean isKey(BulkAction any, String column) {
        return column.equalsIgnoreCase(key);
    }

    @Override
    public void refuse(Row row, SaveError problem) {
        refuse(row.place(), row.record(), problem);
    }

    private void refuse(int place, SourceRecord record, SaveError problem) {
        refused.add(BulkRow.refused(record.origin(), problem, origin.applyAsInt(place)));
    }

    @Override
    public void written(int part, Row row, List<String> names, List<String> cells) {
        written(part, row.place(), names, cells);
    }

    /** A row at this place was written into the data of the job with this number. */
    void written(int part, int place, List<String> names, List<String> cells) {
        if (matched) {
            places.computeIfAbsent(part, number -> new RowPlaces(action, names, key, object))
                    .add(origin.applyAsInt(place), cells);
        }
    }

    /** Places of the rows of a part; null if nobody wants to know. */
    @Nullable
    RowPlaces takePlaces(int part) {
        return places.remove(part);
    }

    /** From here on rows come again: these are their places in the input. */
    void again(IntUnaryOperator places) {
        origin = places;
    }

    /** Records that were not sent, with the reason. */
    List<BulkRow> refused() {
        return refused;
    }
}
