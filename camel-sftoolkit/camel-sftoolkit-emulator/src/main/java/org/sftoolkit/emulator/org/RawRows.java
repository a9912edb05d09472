package org.sftoolkit.emulator.org;

import java.util.Map;

/** Puts rows into an org as a folder kept them, without any check of rules and without telling anybody. Safe for threads. */
public final class RawRows {

    private final Tables tables;
    private final Transactions transactions;

    RawRows(Tables tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    /**
     * Puts a row back as it was.
     *
     * @param fields values as the API writes them, and the content of files as {@link Blob}; unknown names are passed over
     */
    public void put(ObjectSchema object, Map<String, Object> fields) {
        Object[] values = new Object[object.fields().size()];
        fields.forEach((name, value) -> object.field(name)
                .filter(field -> !field.type().isCompound())
                .ifPresent(field -> values[field.index()] =
                        value instanceof Blob ? value : ValueReader.read(object, field, value)));
        Row row = new Row(object, values);
        transactions.alone(() -> tables.of(object).put(row.id(), row));
    }

    /** Takes a row out as if it had never been. */
    public void remove(ObjectSchema object, String id) {
        transactions.alone(() -> tables.of(object).put(id, null));
    }

    /** Takes all rows out as if they had never been, except users and what {@link Org#clear} keeps. */
    public void removeAll() {
        transactions.alone(tables::forgetAll);
    }
}
