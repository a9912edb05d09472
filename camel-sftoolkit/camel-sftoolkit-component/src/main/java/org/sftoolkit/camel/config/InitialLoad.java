package org.sftoolkit.camel.config;

/** How a consumer loads what exists before it follows the changes. */
public enum InitialLoad {
    /** By query. */
    REST,
    /** By a bulk query, for large objects. */
    BULK,
    /** Not at all: it begins now. */
    NONE
}
