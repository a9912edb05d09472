package org.sftoolkit.emulator.org;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Writes rows while its thread holds the org's write lock. Each method either writes its row or throws
 * {@link RowRefusedException} and writes nothing; what was written before can be taken back.
 */
public final class Transaction {

    private final Org org;
    private final RowGuard guard;
    private final BooleanSupplier publishing;
    private final List<DuplicateRule> duplicateRules;
    private final Writer writer;
    private final Lookups lookups;
    private final Instant now;
    private final TransactionLog log = new TransactionLog();

    /** @param publishing asked before each platform event */
    Transaction(
            Org org,
            RowGuard guard,
            BooleanSupplier publishing,
            List<DuplicateRule> duplicateRules,
            Writer writer,
            Instant now) {
        this.org = org;
        this.guard = guard;
        this.publishing = publishing;
        this.duplicateRules = duplicateRules;
        this.writer = writer;
        this.lookups = new TableLookups(org);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Inserts a row, or publishes a platform event when all is done. Answers its id. */
    public String insert(ObjectSchema object, Map<String, ?> record) {
        guard.check(object, null, record);
        requireAllowed(object, "createable", "create");
        if (object.isPlatformEvent()) {
            return publish(object, record);
        }
        RowBuilder builder = RowBuilder.insert(lookups, object, writer.access()).take(record);
        String id = org.newId(object.keyPrefix());
        String user = writer.userId() == null ? id : writer.userId();
        builder.system("Id", id)
                .system("IsDeleted", false)
                .system("CreatedDate", now)
                .system("CreatedById", user)
                .system("LastModifiedDate", now)
                .system("LastModifiedById", user)
                .system("SystemModstamp", now)
                .preset("OwnerId", user);
        object.fields().stream()
                .filter(FieldSchema::autoNumber)
                .forEach(field -> builder.system(
                        field.name(), "%08d".formatted(1000 + org.next(object.name() + "." + field.name()))));
        FileRows files = new FileRows(org, this::put, now, user);
        files.complete(object, builder);
        Row row = builder.build();
        requireUnique(row);
        requireNoDuplicate(row);
        put(row);
        files.inserted(row);
        return row.id();
    }

    private String publish(ObjectSchema object, Map<String, ?> record) {
        String id = org.newId(object.keyPrefix());
        Row event = RowBuilder.insert(lookups, object, writer.access())
                .take(record)
                .system("EventUuid", PublishedEvent.uuidOf(id))
                .system("CreatedDate", now)
                .system("CreatedById", writer.userId())
                .build();
        if (!publishing.getAsBoolean()) {
            throw RowRefusedException.of(
                    "LIMIT_EXCEEDED", "The hourly allocation of published platform events is used up.");
        }
        log.published(new PublishedEvent(object, id, event));
        return id;
    }

    /** Updates a living row. Answers its id. */
    public String update(ObjectSchema object, String id, Map<String, ?> record) {
        Row row = existing(object, id);
        guard.check(object, row.id(), record);
        requireAllowed(object, "updateable", "update");
        Row changed = RowBuilder.update(lookups, row, writer.access())
                .take(record)
                .system("LastModifiedDate", now)
                .system("LastModifiedById", writer.userId())
                .system("SystemModstamp", now)
                .build();
        requireUnique(changed);
        requireNoDuplicate(changed);
        put(changed);
        return row.id();
    }

    /**
     * Updates the row with that key, or inserts one.
     *
     * @param record the fields without the key
     * @param updateOnly whether to refuse to insert
     */
    public SaveResult upsert(
            ObjectSchema object, FieldSchema key, Object value, Map<String, ?> record, boolean updateOnly) {
        Object read = ValueReader.read(object, key, value);
        if (read == null) {
            throw RowRefusedException.of("MISSING_ARGUMENT", key.name() + " not specified");
        }
        List<String> ids = List.copyOf(org.table(object).idsWith(key, read));
        if (ids.size() > 1) {
            throw new RowRefusedException(
                    new SaveError(
                            "DUPLICATE_EXTERNAL_ID",
                            key.name() + ": more than one record found for external id field: " + ids,
                            key.name()),
                    ids);
        }
        if (ids.size() == 1) {
            return new SaveResult(update(object, ids.get(0), record), false, null);
        }
        if (updateOnly) {
            throw RowRefusedException.of("NOT_FOUND", "The requested resource does not exist");
        }
        return new SaveResult(insert(object, withKey(record, key, value)), true, null);
    }

    /** Moves a living row into the recycle bin, with the rows that its deletion takes along. Answers its id. */
    public String delete(ObjectSchema object, String id) {
        Row row = existing(object, id);
        guard.check(object, row.id(), row);
        requireAllowed(object, "deletable", "delete");
        delete(row);
        return row.id();
    }

    /** Takes a row out of the recycle bin. Answers its id. */
    public String undelete(ObjectSchema object, String id) {
        Row row = stored(object, id);
        if (!row.deleted()) {
            throw RowRefusedException.of("UNDELETE_FAILED", "Entity is not in the recycle bin");
        }
        Row back = changed(row, "IsDeleted", false, true);
        requireUnique(back);
        put(back);
        return row.id();
    }

    /** Removes a row for good, whether it lies in the recycle bin or not. Answers its id. */
    public String purge(ObjectSchema object, String id) {
        Row row = stored(object, id);
        if (!row.deleted()) {
            delete(row);
        }
        log.remove(org.table(object), row.id());
        return row.id();
    }

    /** The living row with that id. */
    public Row existing(ObjectSchema object, String id) {
        Row row = stored(object, id);
        if (row.deleted()) {
            throw RowRefusedException.of("ENTITY_IS_DELETED", "entity is deleted");
        }
        return row;
    }

    /** A mark to which {@link #rollBackTo} can go back. */
    public int mark() {
        return log.size();
    }

    /** Takes back everything written since the mark. */
    public void rollBackTo(int mark) {
        log.rollBackTo(mark);
    }

    /** What was deleted, for the log of deletions. */
    List<DeleteLog.Entry> deletions() {
        return log.deletions(now);
    }

    /** What it has done. */
    TransactionLog log() {
        return log;
    }

    Writer writer() {
        return writer;
    }

    private Row stored(ObjectSchema object, String id) {
        String full = RecordIds.normalised(id)
                .filter(known -> object.keyPrefix() == null || known.startsWith(object.keyPrefix()))
                .orElseThrow(() -> RowRefusedException.of(
                        "MALFORMED_ID", object.label() + " ID: id value of incorrect type: " + id, "Id"));
        Row row = org.table(object).get(full);
        if (row == null) {
            throw RowRefusedException.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        return row;
    }

    private void delete(Row row) {
        Collection<ChildRelationship> children = row.schema().childRelationships();
        for (ChildRelationship relationship : children) {
            ObjectSchema child = org.schema().object(relationship.child()).orElse(null);
            FieldSchema field =
                    child == null ? null : child.field(relationship.field()).orElse(null);
            if (field == null || !ObjectTable.isIndexed(field)) {
                continue;
            }
            for (String id : List.copyOf(org.table(child).idsWith(field, row.id()))) {
                release(org.table(child).get(id), field, relationship, row);
            }
        }
        put(changed(row, "IsDeleted", true, true));
    }

    private void release(Row child, FieldSchema field, ChildRelationship relationship, Row parent) {
        if (relationship.restrictedDelete()) {
            throw RowRefusedException.of(
                    "DELETE_FAILED",
                    "Your attempt to delete " + parent.get("Name") + " could not be completed because it is associated"
                            + " with the following " + child.schema().label() + ": " + child.id());
        }
        if (relationship.cascadeDelete()) {
            delete(child);
        } else {
            put(changed(child, field.name(), null, false));
        }
    }

    private Row changed(Row row, String name, Object value, boolean stamped) {
        Object[] values = row.copyOfValues();
        row.schema().field(name).ifPresent(field -> values[field.index()] = value);
        if (stamped) {
            row.schema().field("LastModifiedDate").ifPresent(field -> values[field.index()] = now);
            row.schema().field("SystemModstamp").ifPresent(field -> values[field.index()] = now);
        }
        return new Row(row.schema(), values);
    }

    private void put(Row row) {
        log.put(org.table(row.schema()), row);
    }

    private void requireUnique(Row row) {
        for (FieldSchema field : row.schema().fields()) {
            if (!field.unique() || row.get(field) == null || !ObjectTable.isIndexed(field)) {
                continue;
            }
            for (String id : org.table(row.schema()).idsWith(field, row.get(field))) {
                if (!id.equals(row.id())) {
                    throw RowRefusedException.of(
                            "DUPLICATE_VALUE",
                            "duplicate value found: " + field.name() + " duplicates value on record with id: "
                                    + id.substring(0, 15));
                }
            }
        }
    }

    private void requireNoDuplicate(Row row) {
        if (!writer.allowDuplicates()) {
            duplicateRules.forEach(rule -> rule.check(row, org.table(row.schema())));
        }
    }

    private void requireAllowed(ObjectSchema object, String flag, String verb) {
        if (!writer.seeding() && !object.is(flag)) {
            throw RowRefusedException.of(
                    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                    "entity type " + object.name() + " does not support " + verb);
        }
    }

    private static Map<String, Object> withKey(Map<String, ?> record, FieldSchema key, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(record);
        all.put(key.name(), value);
        return all;
    }
}
