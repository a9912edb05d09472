package org.sftoolkit.camel.events;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.poll.DeliveryLine;

/** Makes deliveries of events: one for each record, or of what gathers. All of it on the subscription's loop. */
final class DeliveryMaker {

    private final Channel channel;
    private final Subscription owner;
    private final SubscriptionSettings.Form form;
    private final DeliveryQueue queue;
    private final DeliveryLine<ReplayPosition> line;
    private final Consumer<EventDelivery> ready;
    private @Nullable DeliveryGroup group;
    private long orders;

    /** @param ready takes what may go to the route */
    DeliveryMaker(
            Channel channel,
            Subscription owner,
            DeliveryQueue queue,
            DeliveryLine<ReplayPosition> line,
            Consumer<EventDelivery> ready) {
        this.channel = channel;
        this.owner = owner;
        this.form = owner.settings().form();
        this.queue = queue;
        this.line = line;
        this.ready = ready;
    }

    void close() {
        if (group != null) {
            group.disarm();
            group = null;
        }
    }

    /** Events that gather, and so wait for others and not for the route. */
    int gathered() {
        return group == null ? 0 : group.gathered();
    }

    void add(HeldEvent held) {
        if (held.unreadable() != null) {
            endGroup();
            held.left(1);
            alone(held, List.of(), held.after(), EventDelivery.Part.ONLY);
            return;
        }
        List<ChannelEvent> events = held.events();
        if (form.grouping() != SubscriptionSettings.Grouping.RECORD) {
            gather(held, events);
        } else if (form.asCame()) {
            held.left(1);
            alone(held, events, held.after(), EventDelivery.Part.ONLY);
        } else {
            held.left(events.size());
            for (int i = 0; i < events.size(); i++) {
                boolean last = i == events.size() - 1;
                alone(
                        held,
                        List.of(events.get(i)),
                        last ? held.after() : null,
                        new EventDelivery.Part(i, events.size(), last));
            }
        }
    }

    /** @param after null for a delivery behind which the position stays where it is */
    private void alone(
            HeldEvent held, List<ChannelEvent> events, @Nullable ReplayPosition after, EventDelivery.Part part) {
        var entry = line.open();
        if (after != null) {
            line.add(held.raw().replayId() + '#' + part.index(), part.index(), after);
        }
        line.close(entry);
        ready.accept(new EventDelivery(
                channel.name(),
                queue,
                new EventDelivery.Place(List.of(held), entry, null),
                ++orders,
                events,
                held.unreadable(),
                keys(events, null),
                part));
    }

    private Set<String> keys(List<ChannelEvent> events, @Nullable String more) {
        if (events.size() == 1 && more == null) {
            return one(form.orderKey().of(events.get(0)));
        }
        if (events.isEmpty()) {
            return one(form.orderKey().ofChannel(channel.name()));
        }
        var keys = new HashSet<String>();
        for (ChannelEvent event : events) {
            keys.addAll(one(form.orderKey().of(event)));
        }
        if (more != null && !keys.isEmpty()) {
            keys.add(more);
        }
        return keys;
    }

    private static Set<String> one(@Nullable String key) {
        return key == null ? Set.of() : Set.of(key);
    }

    private void gather(HeldEvent held, List<ChannelEvent> events) {
        held.left(0);
        // an event is gathered as it came, or record by record
        int step = form.asCame() ? events.size() : 1;
        for (int i = 0; i < events.size(); i += step) {
            List<ChannelEvent> some = events.subList(i, i + step);
            DeliveryGroup to = groupFor(held, some.get(0));
            to.add(held, some);
            if (i + step == events.size()) {
                line.add(held.raw().replayId(), i, held.after());
            }
            if (form.grouping() == SubscriptionSettings.Grouping.LIST && to.size() >= form.most()) {
                endGroup();
            }
        }
        if (group != null && form.grouping() == SubscriptionSettings.Grouping.TRANSACTION) {
            endAfterPatience(group);
        }
    }

    private DeliveryGroup groupFor(HeldEvent held, ChannelEvent event) {
        if (form.grouping() == SubscriptionSettings.Grouping.LIST) {
            if (group == null) {
                group = new DeliveryGroup(line.open(), null, 0);
                endAfterPatience(group);
            }
            return group;
        }
        String transaction =
                event.header() == null ? held.raw().eventId() : event.header().transactionKey();
        int part = 0;
        if (group != null && !transaction.equals(group.transaction())) {
            endGroup();
        } else if (group != null && group.size() >= form.most()) {
            part = group.part() + 1;
            end(group, false);
        }
        if (group == null) {
            group = new DeliveryGroup(line.open(), transaction, part);
        }
        return group;
    }

    private void endAfterPatience(DeliveryGroup waiting) {
        waiting.alarm(owner.later(form.patience(), () -> {
            if (waiting != group) {
                return;
            }
            // silence tells nothing of a transaction as long as nothing was asked for
            if (waiting.transaction() != null && !channel.stream().isListening()) {
                endAfterPatience(waiting);
            } else {
                endGroup();
                owner.dispatch();
            }
        }));
    }

    /** Delivers what has gathered. */
    void endGroup() {
        if (group != null) {
            end(group, true);
        }
    }

    private void end(DeliveryGroup ended, boolean isLast) {
        group = null;
        ended.disarm();
        line.close(ended.entry());
        List<ChannelEvent> events = ended.events();
        ready.accept(new EventDelivery(
                channel.name(),
                queue,
                ended.place(),
                ++orders,
                events,
                null,
                keys(events, ended.transaction()),
                new EventDelivery.Part(ended.part(), isLast ? ended.part() + 1 : 0, isLast)));
    }

    /** Deliveries of records that were read, each by itself unless deliveries gather; answers their number. */
    int add(List<ChannelEvent> records, Backfill backfill) {
        int most = form.grouping() == SubscriptionSettings.Grouping.RECORD ? 1 : form.most();
        int made = 0;
        for (int i = 0; i < records.size(); i += most) {
            List<ChannelEvent> some = records.subList(i, Math.min(records.size(), i + most));
            made++;
            ready.accept(new EventDelivery(
                    channel.name(),
                    queue,
                    new EventDelivery.Place(List.of(), null, backfill),
                    ++orders,
                    some,
                    null,
                    keys(some, null),
                    EventDelivery.Part.ONLY));
        }
        return made;
    }
}
