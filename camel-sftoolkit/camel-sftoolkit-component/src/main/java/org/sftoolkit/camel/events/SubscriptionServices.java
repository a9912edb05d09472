package org.sftoolkit.camel.events;

import org.jspecify.annotations.Nullable;

/**
 * What a subscription needs of others.
 *
 * @param positions where the positions of its channels are kept
 * @param amendment completes events
 * @param records   of the org, that no event tells of
 * @param completed remembers what is done; null for nothing
 */
public record SubscriptionServices(
        BusSession session,
        EventPositions positions,
        Amendment amendment,
        StoredRecords records,
        @Nullable CompletedEvents completed) {}
