package org.sftoolkit.emulator.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who hears of new events: subscribers, which read them later, and listeners, which are given each. Safe for threads. */
final class Audience {

    private final List<EventBus.Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final List<Consumer<BusEvent>> listeners = new CopyOnWriteArrayList<>();

    void open(EventBus.Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void close(EventBus.Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    List<Subscription> subscriptions() {
        return subscribers.stream().map(EventBus.Subscriber::state).toList();
    }

    void listen(Consumer<BusEvent> listener) {
        listeners.add(listener);
    }

    void forget(Consumer<BusEvent> listener) {
        listeners.remove(listener);
    }

    /** Gives the events to the listeners and wakes the subscribers. */
    void tell(List<EventLog.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        if (!listeners.isEmpty()) {
            for (EventLog.Entry entry : entries) {
                BusEvent event = new BusEvent(entry);
                listeners.forEach(listener -> listener.accept(event));
            }
        }
        subscribers.forEach(EventBus.Subscriber::wake);
    }
}
