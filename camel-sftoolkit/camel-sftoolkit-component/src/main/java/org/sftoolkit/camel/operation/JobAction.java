package org.sftoolkit.camel.operation;

/** What bulkJob does with existing jobs. */
public enum JobAction {
    /** How a job stands. */
    info,
    /** The rows of a job, when it has ended. */
    results,
    /** Abort a job. */
    abort,
    /** Remove a job with its data. */
    delete,
    /** All jobs of the org. */
    list
}
