package org.sftoolkit.camel.operation;

/** Which fields a search looks at. */
public enum SearchIn {
    /** All searchable fields. */
    ALL,
    /** Fields with e-mail addresses. */
    EMAIL,
    /** Names of records. */
    NAME,
    /** Fields with phone numbers. */
    PHONE,
    /** What the sidebar of the user interface searches. */
    SIDEBAR
}
