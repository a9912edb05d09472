package org.sftoolkit.camel.operation;

/** What a record that does not exist, or cannot be seen, means. */
public enum NotFound {
    /** An exception. */
    FAIL,
    /** A null in its place. */
    NULL,
    /** It is left out of the answer. */
    SKIP,
    /** As if all were well: for delete, the record is gone already. */
    IGNORE
}
