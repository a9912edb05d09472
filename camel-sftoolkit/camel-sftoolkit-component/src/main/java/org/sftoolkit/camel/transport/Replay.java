package org.sftoolkit.camel.transport;

/** The effect on the org if a request that may have been carried out is sent again. */
public enum Replay {
    /** No effect: the request only reads. */
    SAFE,
    /** It writes the same state again: updates, deletes, upserts by external id. */
    IDEMPOTENT,
    /** It would write a second time: inserts. Sent again only if it certainly was not carried out. */
    NEVER;

    /** Whether a request may be sent again though Salesforce may have carried it out. */
    public boolean repeatable() {
        return this != NEVER;
    }
}
