package org.sftoolkit.emulator.events;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the event bus is like where orgs differ, or where a test wants it otherwise. Immutable.
 *
 * @param changeObjects whose changes become events; empty for all that can
 * @param merged whether rows that changed alike within a transaction share an event
 * @param differences whether texts of 1,000 characters or more go out as differences
 * @param retention how long events are kept, by the org's clock
 * @param kept most events that are kept, whatever their age
 * @param keepAlive after what silence an open subscription gets an empty response
 * @param patience how long a subscription without credit stays open
 * @param deliveries most events that all subscriptions together are sent within 24 hours
 * @param publishing most platform events that are published within an hour
 * @param channels the custom ones
 */
public record EventSettings(
        Set<String> changeObjects,
        boolean merged,
        boolean differences,
        Duration retention,
        int kept,
        Duration keepAlive,
        Duration patience,
        int deliveries,
        int publishing,
        List<CustomChannel> channels) {

    private static final int PLENTY = 10_000_000;
    private static final int KEPT = 100_000;

    public EventSettings {
        changeObjects = Set.copyOf(changeObjects);
        channels = List.copyOf(channels);
        if (kept < 1) {
            throw new IllegalArgumentException("kept must be 1 or more, not " + kept);
        }
        if (keepAlive.isNegative() || keepAlive.isZero() || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("keepAlive and patience must be longer than 0");
        }
    }

    /**
     * Times as documented: 72 hours, 270 and 60 seconds. Changes of all objects, each row an event of its own with whole texts;
     * 100,000 events are kept, and allocations are so large that tests do not meet them.
     */
    public static EventSettings standard() {
        return new EventSettings(
                Set.of(),
                false,
                false,
                Duration.ofHours(72),
                KEPT,
                Duration.ofSeconds(270),
                Duration.ofSeconds(60),
                PLENTY,
                PLENTY,
                List.of());
    }

    /** These settings with change events of these objects only; without names, of all that can have them. */
    public EventSettings withChangeObjects(String... objects) {
        return new EventSettings(
                Set.of(objects),
                merged,
                differences,
                retention,
                kept,
                keepAlive,
                patience,
                deliveries,
                publishing,
                channels);
    }

    /** These settings with merged events, or without. */
    public EventSettings withMerged(boolean yes) {
        return new EventSettings(
                changeObjects,
                yes,
                differences,
                retention,
                kept,
                keepAlive,
                patience,
                deliveries,
                publishing,
                channels);
    }

    /** These settings with differences of long texts, or without. */
    public EventSettings withDifferences(boolean yes) {
        return new EventSettings(
                changeObjects, merged, yes, retention, kept, keepAlive, patience, deliveries, publishing, channels);
    }

    /** These settings with another retention. */
    public EventSettings withRetention(Duration time) {
        return new EventSettings(
                changeObjects, merged, differences, time, kept, keepAlive, patience, deliveries, publishing, channels);
    }

    /** These settings with another number of events that are kept. */
    public EventSettings withKept(int events) {
        return new EventSettings(
                changeObjects,
                merged,
                differences,
                retention,
                events,
                keepAlive,
                patience,
                deliveries,
                publishing,
                channels);
    }

    /** These settings with another silence before an empty response. */
    public EventSettings withKeepAlive(Duration time) {
        return new EventSettings(
                changeObjects, merged, differences, retention, kept, time, patience, deliveries, publishing, channels);
    }

    /** These settings with another time without credit. */
    public EventSettings withPatience(Duration time) {
        return new EventSettings(
                changeObjects, merged, differences, retention, kept, keepAlive, time, deliveries, publishing, channels);
    }

    /** These settings with another allocation of deliveries within 24 hours. */
    public EventSettings withDeliveries(int events) {
        return new EventSettings(
                changeObjects, merged, differences, retention, kept, keepAlive, patience, events, publishing, channels);
    }

    /** These settings with another allocation of publishing within an hour. */
    public EventSettings withPublishing(int events) {
        return new EventSettings(
                changeObjects, merged, differences, retention, kept, keepAlive, patience, deliveries, events, channels);
    }

    /** These settings with these custom channels, and no others. */
    public EventSettings withChannels(CustomChannel... custom) {
        return new EventSettings(
                changeObjects,
                merged,
                differences,
                retention,
                kept,
                keepAlive,
                patience,
                deliveries,
                publishing,
                List.of(custom));
    }
}
