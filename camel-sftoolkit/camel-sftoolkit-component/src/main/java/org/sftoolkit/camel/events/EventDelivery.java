package org.sftoolkit.camel.events;

import java.util.List;
import org.sftoolkit.camel.poll.DeliveryLine;

/** What goes to the route together. Ends with {@link Subscription#ack}. */
public final class EventDelivery {

    private final Channel channel;
    private final DeliveryQueue queue;
    private final List<ChannelEvent> events;
    private final String key;
    private final int index;
    private final int size;
    private final DeliveryLine.Entry<ReplayPosition> entry;
    private final HeldEvent held;
    private final long order;
    private int failures;

    EventDelivery(
            Channel channel,
            DeliveryQueue queue,
            HeldEvent held,
            DeliveryLine.Entry<ReplayPosition> entry,
            long order,
            List<ChannelEvent> events,
            String key,
            int index,
            int size) {
        this.channel = channel;
        this.queue = queue;
        this.held = held;
        this.entry = entry;
        this.events = events;
        this.key = key;
        this.index = index;
        this.size = size;
        this.order = order;
    }

    /** Its events in their order; empty if what came cannot be read. */
    public List<ChannelEvent> events() {
        return events;
    }

    /** Why what came cannot be read; null if it can. */
    public Throwable unreadable() {
        return held.unreadable();
    }

    /** The channel on which it came. */
    public String channelName() {
        return channel.name();
    }

    /** Number of the delivery among those of its event, from 0. */
    public int index() {
        return index;
    }

    /** Deliveries of its event: one for each record that changed alike. */
    public int size() {
        return size;
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

    HeldEvent held() {
        return held;
    }

    DeliveryLine.Entry<ReplayPosition> entry() {
        return entry;
    }

    /** Deliveries that share a key never overlap; null for one that may overlap with all. */
    String key() {
        return key;
    }
}
