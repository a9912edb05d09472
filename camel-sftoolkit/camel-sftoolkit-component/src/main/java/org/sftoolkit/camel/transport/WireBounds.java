package org.sftoolkit.camel.transport;

import java.time.Duration;

/**
 * What bounds each call on the wire.
 *
 * @param timeout        longest wait for a connection, and for each next step of the server: {@code requestTimeout}
 * @param maxAnswerBytes most bytes, decompressed, of an answer that is held in memory
 * @param maxConnections connections at a time
 */
public record WireBounds(Duration timeout, long maxAnswerBytes, int maxConnections) {}
