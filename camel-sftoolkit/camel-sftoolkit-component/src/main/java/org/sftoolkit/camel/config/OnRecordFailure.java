package org.sftoolkit.camel.config;

/** What a consumer does about an exchange that failed. */
public enum OnRecordFailure {
    /** It stops, and the record comes again with the next poll. */
    STOP,
    /** It continues, and the record is not delivered again. */
    SKIP
}
