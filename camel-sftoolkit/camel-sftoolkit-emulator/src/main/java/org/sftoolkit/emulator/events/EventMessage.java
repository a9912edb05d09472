package org.sftoolkit.emulator.events;

import java.util.List;
import java.util.Set;

/**
 * An event for a subscriber.
 *
 * @param number its place among all events
 * @param payload Avro binary
 */
public record EventMessage(long number, EventPayload content, byte[] payload) {

    private static final int KEY_PREFIX = 3;

    /** What subscribers see as its id. */
    public String uuid() {
        return content.uuid();
    }

    /** The id of the schema of the payload. */
    public String schemaId() {
        return content.schemaId();
    }

    /** The gap event of the same rows; this event if it tells of no change. */
    public EventMessage asGap() {
        return content instanceof ChangePayload change
                ? with(change.as(change.type().gap(), change.ids()))
                : this;
    }

    /** The overflow event of the same object; this event if it tells of no change. */
    public EventMessage asOverflow() {
        return content instanceof ChangePayload change ? with(change.as(ChangeType.GAP_OVERFLOW, List.of())) : this;
    }

    /** The gap event of all rows of the object; this event if it tells of no change. */
    public EventMessage asWildcard() {
        return content instanceof ChangePayload change
                ? with(change.as(
                        ChangeType.GAP_UPDATE, List.of(change.ids().get(0).substring(0, KEY_PREFIX) + "*")))
                : this;
    }

    private EventMessage with(EventPayload other) {
        return new EventMessage(number, other, other.avro(Set.of()));
    }

    /** Ten bytes. */
    public byte[] replayId() {
        return ReplayIds.of(number);
    }
}
