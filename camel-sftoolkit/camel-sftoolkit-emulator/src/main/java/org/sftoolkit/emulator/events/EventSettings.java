package org.sftoolkit.emulator.events;

import java.time.Duration;
import java.util.Set;

/**
 * What the bus is to be like. Immutable.
 *
 * @param changeObjects whose changes become events; empty for all that can
 * @param merged whether rows that changed alike within a transaction share an event
 * @param differences whether long texts go out as differences
 * @param retention how long events are kept, by the org's clock
 * @param kept most events that are kept, whatever their age
 * @param keepAlive after what silence an open subscription gets an empty response
 */
public record EventSettings(
        Set<String> changeObjects,
        boolean merged,
        boolean differences,
        Duration retention,
        int kept,
        Duration keepAlive) {

    /** Salesforce's own: 72 hours, 270 seconds, neither merged events nor differences, and 250,000 events. */
    public static EventSettings standard() {
        return new EventSettings(Set.of(), false, false, Duration.ofHours(72), 250_000, Duration.ofSeconds(270));
    }
}
