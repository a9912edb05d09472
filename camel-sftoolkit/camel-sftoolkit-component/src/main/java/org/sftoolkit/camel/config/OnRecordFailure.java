package org.sftoolkit.camel.config;

/** What a consumer does about an exchange that failed. */
public enum OnRecordFailure {
    /** It stops, and the record comes again with the next poll. */
    STOP,
    /** It goes on, and the record does not come again. */
    SKIP
}
