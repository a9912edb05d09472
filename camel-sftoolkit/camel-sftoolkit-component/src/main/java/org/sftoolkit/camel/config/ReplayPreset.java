package org.sftoolkit.camel.config;

/** Where a channel begins that has no stored position. */
public enum ReplayPreset {
    /** With what comes from now on. */
    LATEST,
    /** With the oldest event that the org still holds. */
    EARLIEST
}
