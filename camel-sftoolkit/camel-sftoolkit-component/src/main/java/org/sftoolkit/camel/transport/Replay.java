package org.sftoolkit.camel.transport;

/** What becomes of the org when a request that may already have been carried out is sent again. */
public enum Replay {
    /** It reads: nothing. */
    SAFE,
    /** It writes what stands there already: updates, deletes, upserts by external id. */
    IDEMPOTENT,
    /** It would write a second time: inserts. Sent again only where it certainly was not carried out. */
    NEVER;

    /** Whether a request may be sent again though Salesforce may have carried it out. */
    public boolean repeatable() {
        return this != NEVER;
    }
}
