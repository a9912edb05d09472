package org.sftoolkit.camel.events;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.poll.DeliveryLine;

/** What goes to the route together. Ends with {@link Subscription#ack}. */
public final class EventDelivery {

    /**
     * Where it belongs in its channel.
     *
     * @param held     the events of which it holds something
     * @param entry    its place in the line; null for records that a backfill reads
     * @param backfill null for events
     */
    record Place(
            List<HeldEvent> held, DeliveryLine.@Nullable Entry<ReplayPosition> entry, @Nullable Backfill backfill) {}

    /**
     * Its number among those of the same event, transaction or list.
     *
     * @param index  from 0
     * @param size   how many there are; 0 if that is not known yet
     * @param isLast whether it is the last
     */
    record Part(int index, int size, boolean isLast) {

        static final Part ONLY = new Part(0, 1, true);
    }

    private final String channel;
    private final DeliveryQueue queue;
    private final Place place;
    private final long order;
    private final List<ChannelEvent> events;
    private final @Nullable Throwable unreadable;
    private final Set<String> keys;
    private final Part part;
    private int failures;

    EventDelivery(
            String channel,
            DeliveryQueue queue,
            Place place,
            long order,
            List<ChannelEvent> events,
            @Nullable Throwable unreadable,
            Set<String> keys,
            Part part) {
        this.channel = channel;
        this.queue = queue;
        this.place = place;
        this.order = order;
        this.events = events;
        this.unreadable = unreadable;
        this.keys = keys;
        this.part = part;
    }

    /** Its events in their order; empty if what came cannot be read. */
    public List<ChannelEvent> events() {
        return events;
    }

    /** Why what came cannot be read; null if it can. */
    public @Nullable Throwable unreadable() {
        return unreadable;
    }

    /** The channel on which it came. */
    public String channelName() {
        return channel;
    }

    /** Number of the delivery among those of its event or transaction, from 0. */
    public int index() {
        return part.index();
    }

    /** Deliveries of its event or transaction; 0 if that is not known yet. */
    public int size() {
        return part.size();
    }

    /** Whether it is the last of its event or transaction. */
    public boolean isLast() {
        return part.isLast();
    }

    /** How often the route has failed at it. */
    public int failures() {
        return failures;
    }

    void failedOnce() {
        failures++;
    }

    /** Its place among the deliveries of its channel. */
    long order() {
        return order;
    }

    DeliveryQueue queue() {
        return queue;
    }

    Place place() {
        return place;
    }

    /** Deliveries that share a key never overlap. */
    Set<String> keys() {
        return keys;
    }
}
