package org.sftoolkit.camel.operation;

/** Which of Salesforce's APIs records are saved through. */
public enum Via {
    REST,
    BULK,
    /** REST for few records, Bulk for more. */
    AUTO
}
