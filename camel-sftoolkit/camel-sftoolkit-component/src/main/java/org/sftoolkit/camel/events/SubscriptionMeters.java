package org.sftoolkit.camel.events;

/** Counts what becomes of the events of a subscription. Called on its loop. */
public interface SubscriptionMeters {

    /** Counts nothing. */
    SubscriptionMeters NONE = new SubscriptionMeters() {};

    /** What becomes of events and deliveries. */
    enum Event {
        /** An event came. */
        RECEIVED,
        /** An event came that had come before, and was dropped. */
        REPEATED,
        /** An event came of which the route is to get nothing. */
        SKIPPED,
        /** A delivery went to the route. */
        DELIVERED,
        /** A delivery ended well. */
        COMPLETED,
        /** A delivery failed. */
        FAILED,
        /** The values of an event were read anew. */
        REPAIRED
    }

    /** Something became of an event. */
    default void event(String channel, Event what) {}

    /** The stream ended and is opened again; the reason is Salesforce's code, or a word of ours. */
    default void reconnected(String channel, String code) {}
}
