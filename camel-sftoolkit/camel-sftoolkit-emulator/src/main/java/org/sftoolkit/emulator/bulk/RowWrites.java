package org.sftoolkit.emulator.bulk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.SaveResult;
import org.sftoolkit.emulator.org.Transaction;

/** Writes single rows as a job's operation says, by the rules that hold for the REST API too. */
final class RowWrites {

    private final IngestAction action;
    private final String externalIdField;
    private final ObjectSchema object;

    /** @param externalIdField of an upsert, or null */
    RowWrites(IngestAction action, String externalIdField, ObjectSchema object) {
        this.action = action;
        this.externalIdField = externalIdField;
        this.object = object;
    }

    /** Writes one row, or refuses it and writes nothing. */
    SaveResult write(Transaction transaction, Map<String, Object> record) {
        int mark = transaction.mark();
        try {
            return attempt(transaction, record);
        } catch (RowRefusedException e) {
            transaction.rollBackTo(mark);
            return new SaveResult((String) record.get("Id"), false, e.error());
        }
    }

    private SaveResult attempt(Transaction transaction, Map<String, Object> record) {
        return switch (action) {
            case INSERT -> new SaveResult(transaction.insert(object, record), true, null);
            case UPDATE -> update(transaction, record);
            case UPSERT -> upsert(transaction, record);
            case DELETE -> new SaveResult(transaction.delete(object, id(record)), false, null);
            case HARD_DELETE -> new SaveResult(transaction.purge(object, id(record)), false, null);
        };
    }

    private SaveResult update(Transaction transaction, Map<String, Object> record) {
        return new SaveResult(transaction.update(object, id(record), without(record, "Id")), false, null);
    }

    private SaveResult upsert(Transaction transaction, Map<String, Object> record) {
        if (externalIdField.equalsIgnoreCase("Id")) {
            return record.get("Id") == null
                    ? new SaveResult(transaction.insert(object, without(record, "Id")), true, null)
                    : update(transaction, record);
        }
        FieldSchema key = object.field(externalIdField).orElseThrow();
        return transaction.upsert(object, key, record.get(key.name()), without(record, key.name()), false);
    }

    private static String id(Map<String, Object> record) {
        Object id = record.get("Id");
        if (id == null) {
            throw new RowRefusedException(new SaveError("MISSING_ARGUMENT", "Id not specified in an update call"));
        }
        return (String) id;
    }

    private static Map<String, Object> without(Map<String, Object> record, String field) {
        Map<String, Object> rest = new LinkedHashMap<>(record);
        rest.remove(field);
        return rest;
    }
}
