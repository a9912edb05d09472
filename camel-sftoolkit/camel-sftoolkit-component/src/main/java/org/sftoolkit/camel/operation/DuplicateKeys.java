package org.sftoolkit.camel.operation;

/** Handling of entries of a list with the same Id or external id. */
public enum DuplicateKeys {
    /** None of them is sent; each fails. */
    FAIL,
    /** The first is sent, and the others have its result. */
    FIRST,
    /** The last is sent, and the others have its result. */
    LAST
}
