package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    private final DeliveryMaker maker;
    private final DeliveryLine<ReplayPosition> line;
    private final Deque<EventDelivery> waiting = new ArrayDeque<>();
    private int unfinished;
    private int underWay;
    private int troubled;
    private boolean holdsBack;
    private boolean pauses;
    private boolean closed;
    private Duration pause = Duration.ZERO;

    /** @param start the position before all that will come */
    DeliveryQueue(Channel channel, Subscription owner, ReplayPosition start) {
        this.channel = channel;
        this.owner = owner;
        this.settings = owner.settings();
        this.line = new DeliveryLine<>(start);
        this.maker = new DeliveryMaker(channel, owner, this, line, waiting::add);
    }

    /** Drops what is here. Deliveries that are under way end, and count no more. */
    void close() {
        closed = true;
        maker.close();
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

    /** Events that take a place: those that are not done, but for what gathers. */
    int places() {
        return unfinished - maker.gathered();
    }

    int underWay() {
        return underWay;
    }

    /** Deliveries that have not begun. */
    int waiting() {
        return waiting.size();
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
        if (held.unreadable() == null && held.events().isEmpty()) {
            unfinished--;
            owner.meters().event(channel.name(), SubscriptionMeters.Event.SKIPPED);
            pass(held.after());
            return;
        }
        maker.add(held);
    }

    /** Puts records that a backfill read into the queue; answers the number of deliveries. */
    int enter(List<ChannelEvent> records, Backfill backfill) {
        List<ChannelEvent> some = settings.form().wanted().of(records);
        return maker.add(some, backfill);
    }

    /**
     * A place in the line that the position does not pass before {@link #passed}.
     *
     * @param after the position behind it; null if it stays where it is
     */
    DeliveryLine.Entry<ReplayPosition> barrier(@Nullable ReplayPosition after) {
        maker.endGroup();
        var entry = line.open();
        if (after != null) {
            line.add("barrier", after, after);
        }
        line.close(entry);
        return entry;
    }

    void passed(DeliveryLine.Entry<ReplayPosition> barrier) {
        line.done(barrier);
        owner.moved();
    }

    /** An event is done for which records were read. */
    void replaced() {
        unfinished--;
        channel.stream().more();
    }

    /**
     * The next delivery that may start: none of its keys is under way or waits before it. As long as one that failed is not done,
     * nothing else starts.
     */
    @Nullable
    EventDelivery next(Set<String> busy) {
        if (holdsBack || waiting.isEmpty()) {
            return null;
        }
        Set<String> before = Set.of();
        int looked = 0;
        for (Iterator<EventDelivery> all = waiting.iterator(); all.hasNext() && looked < LOOKED_AT; looked++) {
            EventDelivery delivery = all.next();
            if (troubled > 0 && delivery.failures() == 0) {
                continue;
            }
            if (isFree(delivery, busy) && isFree(delivery, before)) {
                all.remove();
                underWay++;
                return delivery;
            }
            // one with a single key waits for one that is under way; one with several holds back others by each of them
            if (delivery.keys().size() > 1) {
                before = before.isEmpty() ? new HashSet<>() : before;
                before.addAll(delivery.keys());
            }
        }
        return null;
    }

    private static boolean isFree(EventDelivery delivery, Set<String> keys) {
        for (String key : delivery.keys()) {
            if (keys.contains(key)) {
                return false;
            }
        }
        return true;
    }

    /** A delivery has ended well, or is passed over. */
    void done(EventDelivery delivery) {
        underWay--;
        troubled -= delivery.failures() > 0 ? 1 : 0;
        EventDelivery.Place place = delivery.place();
        if (place.entry() != null) {
            line.done(place.entry());
        }
        for (HeldEvent held : place.held()) {
            unfinished -= held.deliveryDone() ? 1 : 0;
        }
        if (place.backfill() != null) {
            place.backfill().deliveryDone();
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
