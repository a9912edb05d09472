package org.sftoolkit.emulator.events;

import java.time.Instant;
import java.util.Map;

/** An event as people read it. Immutable; its values are read when they are asked for, so that to hear of it costs nothing. */
public final class BusEvent {

    private final EventLog.Entry entry;

    BusEvent(EventLog.Entry entry) {
        this.entry = entry;
    }

    /** Base64. */
    public String replayId() {
        return ReplayIds.text(entry.number());
    }

    /** When it was published or committed. */
    public Instant at() {
        return entry.at();
    }

    /** What subscribers see as its id. */
    public String uuid() {
        return entry.payload().uuid();
    }

    /** The object that changed, such as {@code Account}, or the platform event, such as {@code Order_Placed__e}. */
    public String entity() {
        return entry.payload().entity();
    }

    /** The id of the schema of its payload. */
    public String schemaId() {
        return entry.payload().schemaId();
    }

    /** Its values; of a change event the header under {@code ChangeEventHeader}, with lists of names instead of bitmaps. */
    public Map<String, Object> fields() {
        return entry.payload().json();
    }

    @Override
    public String toString() {
        return entity() + " " + uuid() + " " + replayId() + " " + fields();
    }
}
