package org.sftoolkit.camel.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * What becomes of one record: by the same rule for one and for each of a list.
 *
 * @param action   what is done
 * @param type     the object's API name; null where the record is refused
 * @param key      Id to update, or external id to upsert by; null for the others
 * @param fields   what is sent, neither Id nor external id among them
 * @param problem  why it is refused; null otherwise
 */
record SavePlan(Action action, String type, Object key, Map<String, Object> fields, SaveError problem) {

    enum Action {
        INSERT,
        UPDATE,
        UPSERT,
        /** Nothing has changed. */
        SKIP,
        /** It cannot be sent. */
        REFUSE
    }

    /**
     * Plans a record.
     *
     * @param description of its object, by which read-only fields are left out; null to send them
     */
    static SavePlan of(SourceRecord record, CallOptions options, ObjectDescription description) {
        SavePlan plan = planned(record, options);
        return description == null ? plan : plan.stripped(description, options);
    }

    /** The object's API name by the endpoint, else by the record; null where neither says it. */
    static String type(SourceRecord record, CallOptions options) {
        return options.sObject() != null ? options.sObject() : record.type();
    }

    /** The record as it stands in a list: with its key. */
    Map<String, Object> row(String externalIdField) {
        if (action == Action.INSERT) {
            return fields;
        }
        var row = new LinkedHashMap<String, Object>();
        row.put(action == Action.UPDATE ? "id" : externalIdField, key);
        row.putAll(fields);
        return row;
    }

    /** The same write by Id. */
    SavePlan byId(String id) {
        return new SavePlan(Action.UPDATE, type, id, fields, null);
    }

    /** A value such that equal ones name the same record; null where it is new. */
    Object comparableKey() {
        if (key == null) {
            return null;
        }
        return action == Action.UPDATE ? RecordId.comparable(key) : type.toLowerCase(Locale.ROOT) + ' ' + key;
    }

    private SavePlan stripped(ObjectDescription description, CallOptions options) {
        if (action == Action.SKIP || action == Action.REFUSE || fields.isEmpty()) {
            return this;
        }
        var writable = new LinkedHashMap<>(fields);
        writable.keySet().removeIf(name -> description
                .field(name)
                .filter(field -> !isWritable(field))
                .isPresent());
        boolean nothing = writable.isEmpty() && options.records().onlyChanges() && action == Action.UPDATE;
        return new SavePlan(nothing ? Action.SKIP : action, type, key, writable, null);
    }

    private boolean isWritable(FieldDescription field) {
        return switch (action) {
            case INSERT -> field.createable();
            case UPDATE -> field.updateable();
            // nobody knows yet which of the two it will be
            default -> field.createable() || field.updateable();
        };
    }

    private static SavePlan planned(SourceRecord record, CallOptions options) {
        if (record.defect() != null) {
            return refuse("INVALID_RECORD", record.defect());
        }
        String type = type(record, options);
        if (type == null) {
            return refuse(
                    "MISSING_OBJECT",
                    "no object is named: add it to the URI, as in sftoolkit:save:Account, or give the record attributes.type");
        }
        Object external = externalId(record, options);
        return switch (options.records().mode()) {
            case AUTO -> automatic(record, type, external, options);
            case INSERT ->
                record.id() == null
                        ? insert(record, type)
                        : refuse(
                                "INVALID_FIELD_FOR_INSERT_UPDATE",
                                "a record to be inserted has an Id already: use mode=AUTO or UPDATE");
            case UPDATE ->
                record.id() == null
                        ? refuse(
                                "MISSING_ARGUMENT",
                                "a record to be updated has no Id: give it one, or use mode=AUTO or UPSERT")
                        : update(record, type, options);
            case UPSERT ->
                external == null
                        ? refuse(
                                "MISSING_ARGUMENT",
                                "a record to be upserted has no value for " + options.externalIdField())
                        : upsert(record, type, external, options);
        };
    }

    private static SavePlan automatic(SourceRecord record, String type, Object external, CallOptions options) {
        if (external != null) {
            return upsert(record, type, external, options);
        }
        if (record.id() != null) {
            return update(record, type, options);
        }
        return options.records().updateOnly()
                ? refuse(
                        "MISSING_ARGUMENT",
                        "updateOnly is set, and the record has no Id and no external id to be found by")
                : insert(record, type);
    }

    private static Object externalId(SourceRecord record, CallOptions options) {
        if (options.externalIdField() == null) {
            return null;
        }
        Object value = FieldNames.value(record.fields(), options.externalIdField());
        return value == null || value.toString().isEmpty() ? null : value;
    }

    private static SavePlan insert(SourceRecord record, String type) {
        return new SavePlan(
                Action.INSERT, type, null, SentFields.of(record, record.fields().keySet(), Set.of("Id")), null);
    }

    private static SavePlan update(SourceRecord record, String type, CallOptions options) {
        return changing(Action.UPDATE, record, type, record.id(), Set.of("Id"), options);
    }

    private static SavePlan upsert(SourceRecord record, String type, Object external, CallOptions options) {
        return changing(Action.UPSERT, record, type, external, Set.of("Id", options.externalIdField()), options);
    }

    private static SavePlan changing(
            Action action, SourceRecord record, String type, Object key, Set<String> keys, CallOptions options) {
        boolean all = !options.records().onlyChanges();
        Set<String> names = all ? record.fields().keySet() : record.changedFields();
        Map<String, Object> fields = SentFields.of(record, names, keys);
        // an upsert of nothing but its key still creates the record where it does not exist
        boolean nothing = !all && fields.isEmpty() && (action == Action.UPDATE || names.isEmpty());
        return nothing
                ? new SavePlan(Action.SKIP, type, key, Map.of(), null)
                : new SavePlan(action, type, key, fields, null);
    }

    private static SavePlan refuse(String code, String message) {
        return refused(new SaveError(code, message, List.of(), false));
    }

    /** A record that cannot be sent. */
    static SavePlan refused(SaveError problem) {
        return new SavePlan(Action.REFUSE, null, null, Map.of(), problem);
    }
}
