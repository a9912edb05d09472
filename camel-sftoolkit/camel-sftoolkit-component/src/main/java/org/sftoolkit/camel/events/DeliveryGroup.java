package org.sftoolkit.camel.events;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.poll.DeliveryLine;

/** A delivery that gathers: a list, or a transaction or part of one. */
final class DeliveryGroup {

    private final DeliveryLine.Entry<ReplayPosition> entry;
    private final @Nullable String transaction;
    private final int part;
    private final List<ChannelEvent> events = new ArrayList<>();
    private final Set<HeldEvent> held = new LinkedHashSet<>();
    private Runnable alarm = () -> {};

    /**
     * @param transaction its key; null for a list
     * @param part        number among the parts of its transaction, from 0
     */
    DeliveryGroup(DeliveryLine.Entry<ReplayPosition> entry, @Nullable String transaction, int part) {
        this.entry = entry;
        this.transaction = transaction;
        this.part = part;
    }

    void add(HeldEvent from, List<ChannelEvent> some) {
        events.addAll(some);
        if (held.add(from)) {
            from.left(from.left() + 1);
        }
    }

    /** Rings instead of the alarm before. */
    void alarm(Runnable disarm) {
        alarm.run();
        alarm = disarm;
    }

    void disarm() {
        alarm.run();
        alarm = () -> {};
    }

    int size() {
        return events.size();
    }

    /** Events of which it holds something. */
    int gathered() {
        return held.size();
    }

    @Nullable
    String transaction() {
        return transaction;
    }

    int part() {
        return part;
    }

    DeliveryLine.Entry<ReplayPosition> entry() {
        return entry;
    }

    EventDelivery.Place place() {
        return new EventDelivery.Place(List.copyOf(held), entry, null);
    }

    /** In the order in which they came; those of a transaction by their numbers. */
    List<ChannelEvent> events() {
        if (transaction != null) {
            events.sort(Comparator.comparingInt(DeliveryGroup::number));
        }
        return List.copyOf(events);
    }

    private static int number(ChannelEvent event) {
        return event.header() == null ? 0 : event.header().sequenceNumber();
    }
}
