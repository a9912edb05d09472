package org.sftoolkit.camel.operation;

/** Result for a record that does not exist or is not visible. */
public enum NotFound {
    /** An exception. */
    FAIL,
    /** A null in its place. */
    NULL,
    /** It is left out of the answer. */
    SKIP,
    /** Treated as success: for delete, the record is already gone. */
    IGNORE
}
