package org.sftoolkit.camel.operation;

/** How {@code save} decides what becomes of a record. */
public enum SaveMode {
    /** By the record: an external id upserts, else an Id updates, else it is inserted. */
    AUTO,
    /** Every record is new. */
    INSERT,
    /** Every record exists. */
    UPDATE,
    /** By external id, whether it exists or not. */
    UPSERT
}
