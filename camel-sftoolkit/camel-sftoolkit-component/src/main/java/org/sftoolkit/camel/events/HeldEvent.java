package org.sftoolkit.camel.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event that came and is not done. */
final class HeldEvent {

    private final EventStream.Received raw;
    private List<ChannelEvent> events = List.of();
    private @Nullable Throwable unreadable;
    private int left;
    private @Nullable ReplayPosition passed;

    HeldEvent(EventStream.Received raw) {
        this.raw = raw;
    }

    EventStream.Received raw() {
        return raw;
    }

    /** What the route is to get of it, by record. */
    List<ChannelEvent> events() {
        return events;
    }

    void events(List<ChannelEvent> read) {
        events = read;
    }

    /** Why it cannot be delivered; null if it can. */
    @Nullable
    Throwable unreadable() {
        return unreadable;
    }

    void unreadable(Throwable why) {
        unreadable = why;
    }

    /** Deliveries of it that are not done. */
    void left(int deliveries) {
        left = deliveries;
    }

    int left() {
        return left;
    }

    /** One of its deliveries is done; true if it was the last. */
    boolean deliveryDone() {
        return --left == 0;
    }

    /** It is dropped, and the position stays here. */
    void passTo(ReplayPosition place) {
        passed = place;
    }

    /** The position behind it. */
    ReplayPosition after() {
        return passed != null
                ? passed
                : new ReplayPosition(
                        raw.replayId(), events.isEmpty() ? null : events.get(0).time());
    }
}
