package org.sftoolkit.camel.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.RetryPolicy;

/**
 * How a subscription follows its channels.
 *
 * @param pauses before further tries
 */
public record SubscriptionSettings(Start start, Flow flow, Form form, RetryPolicy pauses) {

    /**
     * Where a channel begins, and begins anew.
     *
     * @param preset   where it begins if it has no position
     * @param replayId in Base64, after which it begins instead; null for none
     * @param load     whether a channel of changes without a position begins with all records of its object
     * @param onGap    what to do about a position that is lost
     * @param lookBack how far before an instant records are looked for that changed since, for those committed late
     */
    public record Start(
            EventBus.Preset preset, @Nullable String replayId, boolean load, Gap onGap, Duration lookBack) {}

    /**
     * How much comes, and how often positions are stored.
     *
     * @param maxInFlight    deliveries under way at a time, of all channels
     * @param prefetch       events of a channel that are asked for, waiting or under way, 1 to 100
     * @param skipFailures   whether a delivery that failed counts as done
     * @param commitInterval how often positions are stored; zero for each time they move
     * @param keepAlive      silence after which a stream is taken for dead
     */
    public record Flow(
            int maxInFlight, int prefetch, boolean skipFailures, Duration commitInterval, Duration keepAlive) {}

    /**
     * What a delivery holds.
     *
     * @param most      records of a delivery that gathers several
     * @param patience  how long a list may gather, or a transaction may be silent, before it is delivered
     * @param asCame    whether an event is delivered as it came, not record by record
     * @param gapEvents what to do about events that bring no values
     * @param orderKey  what must not overlap
     * @param wanted    what is delivered
     */
    public record Form(
            Grouping grouping,
            int most,
            Duration patience,
            boolean asCame,
            GapEvents gapEvents,
            OrderKey orderKey,
            Wanted wanted) {}

    /** What to do if the bus does not hold what follows on a position any more. */
    public enum Gap {
        /** The channel stops until its position is set. */
        FAIL,
        /** It goes on with the oldest event that is there. */
        EARLIEST,
        /** It goes on with what comes from now on. */
        LATEST,
        /** What changed since is read from the org; then it goes on with what came meanwhile. */
        RESYNC
    }

    /** What goes to the route together. */
    public enum Grouping {
        /** Each record by itself. */
        RECORD,
        /** What comes within a time. */
        LIST,
        /** What one transaction changed. */
        TRANSACTION
    }

    /** What to do about events that bring no values. */
    public enum GapEvents {
        /** What they stand for is read from the org. */
        REPAIR,
        /** They are delivered as they are. */
        DELIVER,
        /** They fail. */
        FAIL
    }
}
