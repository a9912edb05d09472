package org.sftoolkit.camel.events;

/** What became of a record that an event tells of. */
public enum EventChange {
    /** It is new. */
    CREATED,
    /** Some of its fields have other values. */
    UPDATED,
    /** It is gone. */
    DELETED,
    /** It is there again. */
    UNDELETED
}
