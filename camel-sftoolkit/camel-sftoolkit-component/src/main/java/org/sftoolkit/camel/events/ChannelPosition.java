package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.WatermarkException;

/** What is stored of a channel's position, and where somebody set it. All of it on the subscription's loop. */
final class ChannelPosition {

    private static final Duration HELD = Duration.ofHours(72);

    private final String channel;
    private ReplayPosition stored = ReplayPosition.NONE;
    private @Nullable ReplayPosition chosen;
    private @Nullable Instant storedAt;
    private @Nullable String tenantId;
    private boolean awaitsFirst;
    private @Nullable Instant from;

    ChannelPosition(String channel) {
        this.channel = channel;
    }

    /**
     * Takes what is stored, unless it was set before.
     *
     * @param text null for nothing
     * @return whether there is no position
     * @throws WatermarkException for what is no position of this channel
     */
    boolean read(@Nullable String text, String tenant) {
        tenantId = tenant;
        if (chosen == null && text != null) {
            ReplayPosition.Stored found = ReplayPosition.read(text, channel, tenant);
            stored = found.position();
            storedAt = found.stored();
        }
        return !isKnown();
    }

    /** Whether it was stored or set. */
    boolean isKnown() {
        return chosen != null || storedAt != null;
    }

    /** Where the channel begins. */
    ReplayPosition begun() {
        return chosen == null ? stored : chosen;
    }

    /** Somebody sets it; with {@link ReplayPosition#NONE} what is stored counts, and is read again. */
    void set(ReplayPosition place) {
        chosen = place.equals(ReplayPosition.NONE) ? null : place;
        stored = ReplayPosition.NONE;
        storedAt = null;
    }

    /** The channel begins at this place. */
    void begin(ReplayPosition start) {
        from = start.preset() == null ? null : start.time();
        awaitsFirst = false;
    }

    /** Whether the stream begins at what comes from now on: the first event that comes is to be found again. */
    void awaitFirst(boolean newest) {
        awaitsFirst = newest;
    }

    /** The place before the first event after {@link #awaitFirst}, to be kept; null for later events. */
    @Nullable
    ReplayPosition anchor(@Nullable Instant time) {
        if (!awaitsFirst || time == null) {
            return null;
        }
        awaitsFirst = false;
        return ReplayPosition.before(time);
    }

    /**
     * Whether an event of this time came before the first one that is to be done. Times of platform events are their
     * publishers': one that is ahead ends this early, and older events may come again.
     */
    boolean precedes(@Nullable Instant time) {
        boolean earlier = from != null && time != null && time.isBefore(from);
        from = earlier || time == null ? from : null;
        return earlier;
    }

    /** Whether Salesforce does not hold any more what came since the place before the first event. */
    boolean isTooOld(Instant now) {
        return from != null && from.isBefore(now.minus(HELD));
    }

    WatermarkException ofAnotherOrg(String tenant) {
        return new WatermarkException(
                "the position of " + channel + " belongs to the org " + tenantId + ", and the token is of the org "
                        + tenant + ": give each org a connection of its own",
                null);
    }

    /** Of the org to which it belongs; null before it was read. */
    @Nullable
    String tenantId() {
        return tenantId;
    }

    /** When it was stored; null if it was not. */
    @Nullable
    Instant storedAt() {
        return storedAt;
    }

    /** The text to store; null if there is nothing new. */
    @Nullable
    String unsaved(ReplayPosition at, Instant now) {
        boolean isNone = at.replayId() == null && at.preset() == null;
        return isNone || tenantId == null || at.isAt(stored) ? null : at.text(channel, tenantId, now);
    }

    void saved(ReplayPosition place, Instant now) {
        stored = place;
        storedAt = now;
    }
}
