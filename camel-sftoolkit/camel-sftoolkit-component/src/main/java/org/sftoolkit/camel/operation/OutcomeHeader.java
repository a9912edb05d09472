package org.sftoolkit.camel.operation;

/** Results besides the body; the Camel layer maps them to headers. */
public enum OutcomeHeader {
    ID,
    CREATED,
    SUCCEEDED,
    FAILED,
    FAILED_RECORDS,
    FILE_NAME,
    CONTENT_TYPE,
    JOB_ID,
    VIA,
    STATUS,
    /** Rows of a query, as Salesforce announced them. */
    TOTAL_SIZE,
    /** Id of an event that was published. */
    EVENT_ID,
    /** Its place in its channel. */
    REPLAY_ID,
    /** No header: names of the columns of the rows in the body, in their order. */
    COLUMNS,
    /** A map: headers of the answer by their own names. */
    ANSWER_HEADERS
}
