package org.sftoolkit.emulator;

/** Where an answer, though worked out, breaks off. */
enum Cut {
    /** Nowhere. */
    NONE,
    /** The connection closes before the first byte. */
    CONNECTION_BEFORE,
    /** The connection closes after half of the body. */
    CONNECTION_WITHIN,
    /** Half of the body is sent as if it were the whole. */
    BODY
}
