package org.sftoolkit.camel.records;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.InvalidValueException;
import org.sftoolkit.camel.model.ObjectShape;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.SaveMode;

/**
 * How one record is saved. The rule is the same for a single record and for each record of a list.
 *
 * @param action what is done
 * @param type the object's API name; null if the record is refused
 * @param key Id to update, or external id to upsert by; null for the others
 * @param fields fields to send, without Id and external id
 * @param problem why it is refused; null otherwise
 */
record SavePlan(
        Action action,
        @Nullable String type,
        @Nullable Object key,
        Map<String, Object> fields,
        @Nullable SaveError problem) {

    /** Begins the {@linkplain #key key} of a record that is known by its Id. */
    static final String BY_ID = "Id ";

    private static final Set<String> ID = Set.of("Id");

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
     * @param fields      writes the records of this list
     * @param description of its object; null if it is not known
     */
    static SavePlan of(
            SourceRecord record, CallOptions options, SentFields fields, @Nullable ObjectDescription description) {
        try {
            SavePlan plan = new Planner(record, options, fields, description).plan();
            return description != null && options.records().writing().stripReadOnly()
                    ? plan.stripped(description, options)
                    : plan;
        } catch (InvalidValueException e) {
            return refused(e.error());
        }
    }

    /** The object's API name, of a record that is not refused. */
    String requiredType() {
        return Objects.requireNonNull(type, "a refused record has no type");
    }

    /** Id or external id, of a record that is there already. */
    Object requiredKey() {
        return Objects.requireNonNull(key, "a new record has no key");
    }

    /** Why it is refused, of a record that is. */
    SaveError requiredProblem() {
        return Objects.requireNonNull(problem, "the record is not refused");
    }

    /** Whether it cannot be planned without the description of its object. */
    static boolean needsDescription(SourceRecord record, CallOptions options) {
        return record.defect() == null
                && (options.records().writing().stripReadOnly()
                        || ObjectShape.isNeeded(record, names(record, options)));
    }

    /** What names the record of the org that is written, as text; null for one that is inserted, or cannot be read. */
    static @Nullable String key(SourceRecord record, CallOptions options) {
        SaveMode mode = options.records().mode();
        if (record.defect() != null || mode == SaveMode.INSERT) {
            return null;
        }
        String external = mode == SaveMode.UPDATE ? null : externalId(record, options);
        if (external != null) {
            return external;
        }
        return mode == SaveMode.UPSERT || record.id() == null ? null : BY_ID + RecordId.of18(record.id());
    }

    private static @Nullable String externalId(SourceRecord record, CallOptions options) {
        Object value =
                options.externalIdField() == null ? null : FieldNames.value(record.fields(), options.externalIdField());
        if (value == null) {
            return null;
        }
        try {
            String text = value instanceof String given ? given : WireText.of(value);
            return text.isBlank() ? null : text;
        } catch (IllegalArgumentException unreadable) {
            return null; // it is refused for that
        }
    }

    private static Collection<String> names(SourceRecord record, CallOptions options) {
        return options.records().onlyChanges()
                ? record.changedFields()
                : record.fields().keySet();
    }

    /** The object's API name by the endpoint, else by the record; null if neither has it. */
    static @Nullable String type(SourceRecord record, CallOptions options) {
        return options.sObject() != null ? options.sObject() : record.type();
    }

    /** The name of the key, in an entry of a list; null for a new record. */
    @Nullable
    String keyName(@Nullable String externalIdField) {
        return switch (action) {
            case INSERT -> null;
            case UPDATE -> "id";
            default -> externalIdField;
        };
    }

    /** The record as an entry of a list, with its key. */
    Map<String, Object> row(@Nullable String externalIdField) {
        String keyName = keyName(externalIdField);
        if (keyName == null) {
            return fields;
        }
        var row = new LinkedHashMap<String, Object>();
        row.put(keyName, key);
        row.putAll(fields);
        return row;
    }

    /** The same write by Id. */
    SavePlan byId(String id) {
        return new SavePlan(Action.UPDATE, type, id, fields, null);
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
            // it is not known yet which of the two it will be
            default -> field.createable() || field.updateable();
        };
    }

    private static final class Planner {

        private final SourceRecord record;
        private final CallOptions options;
        private final SentFields writer;
        private final @Nullable ObjectDescription description;

        Planner(SourceRecord record, CallOptions options, SentFields writer, @Nullable ObjectDescription description) {
            this.record = record;
            this.options = options;
            this.writer = writer;
            this.description = description;
        }

        SavePlan plan() {
            if (record.defect() != null) {
                return refuse("INVALID_RECORD", record.defect());
            }
            String type = type(record, options);
            if (type == null) {
                return refuse(
                        "MISSING_OBJECT",
                        "no object is given: add it to the URI, as in sftoolkit:save:Account, or set attributes.type"
                                + " of the record");
            }
            Object external = options.externalIdField() == null ? null : key(options.externalIdField());
            Object id = key("Id");
            return switch (options.records().mode()) {
                case AUTO -> automatic(type, external, id);
                case INSERT ->
                    id == null
                            ? insert(type)
                            : refuse(
                                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                                    "the record already has an Id and cannot be inserted: use mode=AUTO or UPDATE");
                case UPDATE ->
                    id == null
                            ? refuse(
                                    "MISSING_ARGUMENT",
                                    "the record has no Id and cannot be updated: set its Id, or use mode=AUTO or"
                                            + " UPSERT")
                            : update(type);
                case UPSERT ->
                    external == null
                            ? refuse(
                                    "MISSING_ARGUMENT",
                                    "the record cannot be upserted, because it has no value for "
                                            + options.externalIdField())
                            : upsert(type, external);
            };
        }

        private SavePlan automatic(String type, @Nullable Object external, @Nullable Object id) {
            if (external != null) {
                return upsert(type, external);
            }
            if (id != null) {
                return update(type);
            }
            return options.records().updateOnly()
                    ? refuse("MISSING_ARGUMENT", "updateOnly=true, but the record has neither an Id nor an external id")
                    : insert(type);
        }

        /** The plain value by which the record is found; null if it is absent or blank. */
        private @Nullable Object key(String field) {
            Object value = SentFields.key(field, FieldNames.value(record.fields(), field));
            return value instanceof String text && text.isBlank() ? null : value;
        }

        private SavePlan insert(String type) {
            return new SavePlan(Action.INSERT, type, null, sent(record.fields().keySet(), ID), null);
        }

        private SavePlan update(String type) {
            return changing(Action.UPDATE, type, record.id(), ID);
        }

        private SavePlan upsert(String type, Object external) {
            return changing(Action.UPSERT, type, external, Set.of("Id", options.externalIdField()));
        }

        private SavePlan changing(Action action, String type, @Nullable Object key, Set<String> keys) {
            boolean all = !options.records().onlyChanges();
            Collection<String> names = names(record, options);
            Map<String, Object> fields = sent(names, keys);
            // an upsert with only the key still creates the record if it does not exist
            boolean nothing = !all && fields.isEmpty() && (action == Action.UPDATE || names.isEmpty());
            return nothing
                    ? new SavePlan(Action.SKIP, type, key, Map.of(), null)
                    : new SavePlan(action, type, key, fields, null);
        }

        private Map<String, Object> sent(Collection<String> names, Set<String> keys) {
            return writer.of(record, names, keys, description == null ? ObjectShape.UNKNOWN : description);
        }
    }

    private static SavePlan refuse(String code, String message) {
        return refused(new SaveError(code, message, List.of(), false));
    }

    /** A record that cannot be sent. */
    static SavePlan refused(SaveError problem) {
        return new SavePlan(Action.REFUSE, null, null, Map.of(), problem);
    }
}
