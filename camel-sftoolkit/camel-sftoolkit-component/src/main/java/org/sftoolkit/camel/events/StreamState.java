package org.sftoolkit.camel.events;

import org.sftoolkit.camel.error.EventBusException;

/** What a channel's stream is at. */
enum StreamState {
    /** Not begun, or stopped. */
    STOPPED,
    /** Being opened. */
    CONNECTING,
    /** Events may come. */
    OPEN,
    /** Closed on purpose, because the route takes no more for now. */
    PARKED,
    /** Waits before it is opened anew. */
    WAITING,
    /** Will not be opened before somebody mends what is wrong. */
    FAILED;

    /** By which an end of a stream is counted: Salesforce's code, or a word of ours. */
    static String code(Throwable failure) {
        if (failure instanceof EventBusException refusal) {
            return refusal.code().isEmpty() ? "status" : refusal.code();
        }
        return failure == null ? "OK" : failure.getClass().getSimpleName();
    }
}
