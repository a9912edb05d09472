package org.sftoolkit.camel.config;

/** What a subscription does about long texts that come as differences. */
public enum DiffFields {
    /** The text is read from the org. */
    REPAIR,
    /** The difference is delivered in place of the text. */
    DELIVER
}
