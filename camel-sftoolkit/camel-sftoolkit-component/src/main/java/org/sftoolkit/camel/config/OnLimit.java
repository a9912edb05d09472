package org.sftoolkit.camel.config;

/** What becomes of work that meets the org's limit of calls in 24 hours, or {@code apiBudget}. */
public enum OnLimit {
    /** It fails with {@code LimitExceededException}. */
    FAIL,
    /** It waits until the org takes calls again, and goes on where it stood. */
    PARK
}
