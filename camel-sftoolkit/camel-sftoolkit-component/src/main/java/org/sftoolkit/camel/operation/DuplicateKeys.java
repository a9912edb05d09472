package org.sftoolkit.camel.operation;

/** What becomes of records of a list that name the same record of the org, by Id or external id. */
public enum DuplicateKeys {
    /** None of them is sent; each fails. */
    FAIL,
    /** The first is sent, and the others have its result. */
    FIRST,
    /** The last is sent, and the others have its result. */
    LAST
}
