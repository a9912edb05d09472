package org.sftoolkit.camel.operation;

/** Form of the result of a read. */
public enum OutputType {
    /** All of it as a list. */
    LIST,
    /** As it is read: an iterator of records, or a stream of bytes. */
    STREAM,
    /** The only record; null if there is no record. */
    ONE,
    /** For consumers: one exchange a record. */
    RECORD,
    /** For subscriptions: one exchange a transaction of Salesforce. */
    TRANSACTION,
    /** Salesforce's own CSV. */
    CSV,
    /** The content in memory. */
    BYTES,
    /** The content in a temporary file. */
    FILE
}
