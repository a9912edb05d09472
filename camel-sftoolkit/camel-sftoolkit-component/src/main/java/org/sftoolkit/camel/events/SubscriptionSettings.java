package org.sftoolkit.camel.events;

import java.time.Duration;
import org.sftoolkit.camel.transport.RetryPolicy;

/**
 * How a subscription delivers events.
 *
 * @param replayPreset   where a channel begins that has no position
 * @param replayId       in Base64, after which it begins instead; null for none
 * @param maxInFlight    deliveries under way at a time, of all channels
 * @param prefetch       events of a channel that are asked for, waiting or under way, 1 to 100
 * @param skipFailures   whether a delivery that failed counts as done
 * @param onGap          what to do about a position that is lost
 * @param orderKey       what must not overlap
 * @param wanted         what is delivered
 * @param amendment      completes events
 * @param commitInterval how often positions are stored; zero for each time they move
 * @param keepAlive      silence after which a stream is taken for dead
 * @param pauses         before further tries
 */
public record SubscriptionSettings(
        EventBus.Preset replayPreset,
        String replayId,
        int maxInFlight,
        int prefetch,
        boolean skipFailures,
        Gap onGap,
        OrderKey orderKey,
        Wanted wanted,
        Amendment amendment,
        Duration commitInterval,
        Duration keepAlive,
        RetryPolicy pauses) {

    /** What to do if the bus does not hold what follows on a position any more. */
    public enum Gap {
        /** The channel stops until its position is set. */
        FAIL,
        /** It goes on with the oldest event that is there. */
        EARLIEST,
        /** It goes on with what comes from now on. */
        LATEST
    }
}
