package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.sftoolkit.camel.poll.DeliveryLine;

/**
 * The deliveries of a channel that are not done, in the order of their events, and the position behind what is done. All of it on
 * the subscription's loop.
 */
final class DeliveryQueue {

    /** Deliveries that are looked at for one that may start: each may wait for another of its key. */
    private static final int LOOKED_AT = 250;

    private final Channel channel;
    private final Subscription owner;
    private final SubscriptionSettings settings;
    private final DeliveryLine<ReplayPosition> line;
    private final Deque<EventDelivery> waiting = new ArrayDeque<>();
    private int unfinished;
    private int underWay;
    private int troubled;
    private boolean holdsBack;
    private boolean pauses;
    private boolean closed;
    private Duration pause = Duration.ZERO;
    private long orders;

    /** @param start the position before all that will come */
    DeliveryQueue(Channel channel, Subscription owner, ReplayPosition start) {
        this.channel = channel;
        this.owner = owner;
        this.settings = owner.settings();
        this.line = new DeliveryLine<>(start);
    }

    /** Drops what is here. Deliveries that are under way end, and count no more. */
    void close() {
        closed = true;
        waiting.clear();
        unfinished = 0;
        underWay = 0;
    }

    boolean isClosed() {
        return closed;
    }

    /** The position behind all that is done. */
    ReplayPosition position() {
        return line.position();
    }

    /** Events that came and are not done. */
    int unfinished() {
        return unfinished;
    }

    int underWay() {
        return underWay;
    }

    /** An event came that will {@link #enter}. */
    void expect() {
        unfinished++;
    }

    /** There is nothing to deliver up to here. */
    void pass(ReplayPosition after) {
        line.pass(after);
        owner.moved();
    }

    /** Puts an event into the line: the position passes it when all its deliveries are done. */
    void enter(HeldEvent held) {
        if (held.unreadable() != null) {
            held.left(1);
            add(held, List.of(), held.after(), 0, 1);
            return;
        }
        List<ChannelEvent> events = held.events();
        if (events.isEmpty()) {
            unfinished--;
            owner.meters().event(channel.name(), SubscriptionMeters.Event.SKIPPED);
            pass(held.after());
            return;
        }
        held.left(events.size());
        for (int i = 0; i < events.size(); i++) {
            boolean last = i == events.size() - 1;
            add(held, List.of(events.get(i)), last ? held.after() : null, i, events.size());
        }
    }

    /** @param after null for a delivery behind which the position stays where it is */
    private void add(HeldEvent held, List<ChannelEvent> events, ReplayPosition after, int index, int size) {
        var entry = line.open();
        if (after != null) {
            line.add(held.raw().replayId() + '#' + index, index, after);
        }
        line.close(entry);
        String key = held.unreadable() != null || events.isEmpty()
                ? settings.orderKey().ofChannel(channel.name())
                : settings.orderKey().of(events.get(0));
        waiting.add(new EventDelivery(channel, this, held, entry, ++orders, events, key, index, size));
    }

    /**
     * The next delivery that may start: none of its key is under way, and so none of its key waits before it. As long as one that
     * failed is not done, nothing else starts.
     */
    EventDelivery next(Set<String> busy) {
        if (holdsBack || waiting.isEmpty()) {
            return null;
        }
        int looked = 0;
        for (Iterator<EventDelivery> all = waiting.iterator(); all.hasNext() && looked < LOOKED_AT; looked++) {
            EventDelivery delivery = all.next();
            if (troubled > 0 && delivery.failures() == 0) {
                continue;
            }
            if (delivery.key() == null || !busy.contains(delivery.key())) {
                all.remove();
                underWay++;
                return delivery;
            }
        }
        return null;
    }

    /** A delivery has ended well, or is passed over. */
    void done(EventDelivery delivery) {
        underWay--;
        troubled -= delivery.failures() > 0 ? 1 : 0;
        line.done(delivery.entry());
        if (delivery.held().deliveryDone()) {
            unfinished--;
        }
        resumeIfSettled();
        channel.stream().more();
    }

    /** A delivery has failed and comes again: first what is under way ends, then a growing time passes. */
    void failed(EventDelivery delivery) {
        underWay--;
        troubled += delivery.failures() == 0 ? 1 : 0;
        delivery.failedOnce();
        back(delivery);
        holdsBack = true;
        pause = settings.pauses().backOff(delivery.failures());
        resumeIfSettled();
    }

    private void resumeIfSettled() {
        if (!holdsBack || pauses || underWay > 0) {
            return;
        }
        pauses = true;
        owner.later(pause, () -> {
            if (!closed) {
                pauses = false;
                holdsBack = false;
                owner.dispatch();
            }
        });
    }

    /** Back to its place, which is before all that came later. */
    private void back(EventDelivery delivery) {
        var later = new ArrayList<EventDelivery>();
        var before = new ArrayList<EventDelivery>();
        for (EventDelivery other : waiting) {
            (other.order() < delivery.order() ? before : later).add(other);
        }
        waiting.clear();
        waiting.addAll(before);
        waiting.add(delivery);
        waiting.addAll(later);
    }
}
