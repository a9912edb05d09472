package org.sftoolkit.camel.config;

/** Form of what a subscription delivers. */
public enum EventFormat {
    /** Records. */
    RECORD,
    /** The event as the Streaming API wrote it: JSON text. */
    JSON,
    /** The event's bytes, with its schema in a header. */
    AVRO
}
