package org.sftoolkit.camel.operation;

/** Which of Salesforce's APIs is asked. */
public enum Api {
    /** Business records. */
    DATA,
    /** Metadata, as developers' tools see it. */
    TOOLING
}
