package org.sftoolkit.camel.poll;

/** What became of a record since the consumer saw the org last. */
public enum Change {
    /** It was created. */
    CREATED,
    /** It was there before, and changed. */
    UPDATED,
    /** It was deleted. */
    DELETED
}
