package org.sftoolkit.emulator.events;

import java.time.Instant;

/**
 * An open subscription, as it was when it was asked about.
 *
 * @param channel such as {@code /data/AccountChangeEvent}
 * @param credit how many more events the client has asked for
 * @param position Base64 of the replay id behind which it goes on
 * @param delivered number of events that it was sent
 * @param since when it was opened
 */
public record Subscription(String channel, int credit, String position, long delivered, Instant since) {}
