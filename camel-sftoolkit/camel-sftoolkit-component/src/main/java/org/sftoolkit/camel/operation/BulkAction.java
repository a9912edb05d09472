package org.sftoolkit.camel.operation;

/** What a bulk load does with its records. */
public enum BulkAction {
    INSERT("insert"),
    UPDATE("update"),
    /** By externalIdField. */
    UPSERT("upsert"),
    /** Into the recycle bin. */
    DELETE("delete"),
    /** For good; needs the permission "Bulk API Hard Delete". */
    HARD_DELETE("hardDelete");

    private final String wireName;

    BulkAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire. */
    public String wireName() {
        return wireName;
    }

    public boolean deletes() {
        return this == DELETE || this == HARD_DELETE;
    }
}
