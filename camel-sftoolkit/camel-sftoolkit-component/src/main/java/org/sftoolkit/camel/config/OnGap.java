package org.sftoolkit.camel.config;

/** What a consumer does when the org has forgotten what happened since its position. */
public enum OnGap {
    /** It fails until the position is set. */
    FAIL,
    /** It goes on with the oldest event that is there. */
    EARLIEST,
    /** It goes on with what comes from now on. */
    LATEST,
    /** It loads everything that exists again, and follows from there. */
    RESYNC
}
