package org.sftoolkit.camel.operation;

/** Which of Salesforce's APIs records are saved and events are published through. */
public enum Via {
    REST,
    BULK,
    /** The Pub/Sub API, for events. */
    PUBSUB,
    /** REST for few records, Bulk for more; the Pub/Sub API for events, REST if the org has no Pub/Sub API. */
    AUTO
}
