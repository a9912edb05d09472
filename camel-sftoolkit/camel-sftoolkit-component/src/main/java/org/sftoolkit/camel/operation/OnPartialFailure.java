package org.sftoolkit.camel.operation;

/** Reaction to failed records of a list. */
public enum OnPartialFailure {
    /** The results contain the failures, and one line is logged. */
    RETURN,
    /** {@code PartialFailureException}. */
    FAIL
}
