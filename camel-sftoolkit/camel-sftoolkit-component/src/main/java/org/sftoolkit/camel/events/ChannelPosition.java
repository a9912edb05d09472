package org.sftoolkit.camel.events;

import java.time.Instant;
import org.sftoolkit.camel.error.WatermarkException;

/** What is stored of a channel's position, and where somebody set it. All of it on the subscription's loop. */
final class ChannelPosition {

    private final String channel;
    private ReplayPosition stored = ReplayPosition.NONE;
    private ReplayPosition chosen;
    private Instant storedAt;
    private String tenantId;

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
    boolean read(String text, String tenant) {
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

    /** Of the org to which it belongs; null before it was read. */
    String tenantId() {
        return tenantId;
    }

    /** When it was stored; null if it was not. */
    Instant storedAt() {
        return storedAt;
    }

    /** The text to store; null if there is nothing new. */
    String unsaved(ReplayPosition at, Instant now) {
        boolean isNone = at.replayId() == null && at.preset() == null;
        return isNone || tenantId == null || at.isAt(stored) ? null : at.text(channel, tenantId, now);
    }

    void saved(ReplayPosition place, Instant now) {
        stored = place;
        storedAt = now;
    }
}
