package org.sftoolkit.camel.config;

/** What a subscription does about events that bring no values. */
public enum GapEvents {
    /** What they stand for is read from the org. */
    REPAIR,
    /** They are delivered as they are. */
    DELIVER,
    /** They fail as an exchange does. */
    FAIL
}
