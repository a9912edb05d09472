package org.sftoolkit.camel.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final List<BulkRow> refused = Collections.synchronizedList(new ArrayList<>());

    /** @param object null if it is not known */
    BulkRecords(BulkAction action, CallOptions options, ObjectDescription object) {
        this.action = action;
        this.key = action == BulkAction.UPSERT ? options.externalIdField() : "Id";
        this.chosen = options.fields();
        this.shape = object == null ? ObjectShape.UNKNOWN : object;
        this.columns = new BulkColumns(object);
    }

    @Override
    public Row row(int place, SourceRecord record) {
        try {
            return new Row(place, record, action, chosen(columns.cells(fields(record))));
        } catch (InvalidValueException e) {
            refuse(record, e.error());
        } catch (IllegalArgumentException e) {
            refuse(record, new SaveError("INVALID_VALUE", e.getMessage(), List.of(), false));
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
        Map<String, Object> sent = fields.of(record, record.fields().keySet(), Set.of(), shape);
        if (!sendsId()) { // Salesforce would refuse each row for it
            sent.keySet().removeIf("Id"::equalsIgnoreCase);
        }
        return sent;
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
        refuse(row.record(), problem);
    }

    private void refuse(SourceRecord record, SaveError problem) {
        refused.add(BulkRow.refused(record.origin(), problem));
    }

    /** Records that were not sent, with the reason. */
    List<BulkRow> refused() {
        return refused;
    }
}
