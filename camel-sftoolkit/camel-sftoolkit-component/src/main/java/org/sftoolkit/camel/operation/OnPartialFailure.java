package org.sftoolkit.camel.operation;

/** What it means that some records of a list failed. */
public enum OnPartialFailure {
    /** The results say it, and one line in the log. */
    RETURN,
    /** {@code PartialFailureException}. */
    FAIL
}
