package org.sftoolkit.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.StateRepository;
import org.sftoolkit.camel.events.ChannelStatus;

/** The event subscriptions of a component that run. Thread-safe. */
final class Subscriptions {

    private record Entry(SfToolkitEventConsumer consumer, StateRepository<String, String> store, List<String> keys) {}

    private final List<Entry> running = new ArrayList<>();

    /** Refuses a second consumer under the same key of the same store: each would overwrite the other's position. */
    synchronized void add(SfToolkitEventConsumer consumer, StateRepository<String, String> store) {
        List<String> keys = consumer.keys(store);
        for (Entry other : running) {
            for (String key : keys) {
                if (other.store() == store && other.keys().contains(key)) {
                    throw new IllegalArgumentException("the consumers of the routes "
                            + other.consumer().getRouteId() + " and " + consumer.getRouteId()
                            + " keep a position under "
                            + key + " in the same store: give one of them a watermarkKey");
                }
            }
        }
        running.add(new Entry(consumer, store, keys));
    }

    synchronized void remove(SfToolkitEventConsumer consumer) {
        running.removeIf(entry -> entry.consumer() == consumer);
    }

    /** The subscription of a route, to read and to set. */
    interface Controlled {

        /** Channels in the words of consoles. */
        List<Map<String, Object>> describe();

        /** @param channel null for all */
        void set(String channel, String position);
    }

    /** The subscription of a route; empty if none runs there. */
    synchronized Optional<Controlled> of(String route) {
        return running.stream()
                .map(Entry::consumer)
                .filter(consumer -> route.equals(consumer.getRouteId()))
                .findFirst()
                .map(consumer -> new Controlled() {
                    @Override
                    public List<Map<String, Object>> describe() {
                        return consumer.status().stream()
                                .map(status -> words(route, status))
                                .toList();
                    }

                    @Override
                    public void set(String channel, String position) {
                        consumer.set(channel, position);
                    }
                });
    }

    /** Routes with a subscription. */
    synchronized List<String> routes() {
        return running.stream().map(entry -> entry.consumer().getRouteId()).toList();
    }

    /** Channels in the words of consoles. */
    synchronized List<Map<String, Object>> describe() {
        return running.stream()
                .flatMap(entry -> entry.consumer().status().stream()
                        .map(status -> words(entry.consumer().getRouteId(), status)))
                .toList();
    }

    /** Channels from which nothing comes, and why. */
    synchronized List<String> troubles() {
        return running.stream()
                .flatMap(entry -> entry.consumer().status().stream()
                        .filter(status -> status.trouble() != null)
                        .map(status -> "route " + entry.consumer().getRouteId() + ": " + status.channel() + ": "
                                + status.trouble().getMessage()
                                + (status.rpcId().isEmpty() ? "" : " (rpc id " + status.rpcId() + ")")
                                + ", last heard of " + status.heardSince().toSeconds() + " s ago"))
                .toList();
    }

    static Map<String, Object> words(String route, ChannelStatus status) {
        var words = new LinkedHashMap<String, Object>();
        words.put("route", route);
        words.put("channel", status.channel());
        words.put("state", status.state());
        if (status.trouble() != null) {
            words.put("trouble", status.trouble().getMessage());
        }
        words.put(
                "replayId",
                status.position().replayId() == null ? "" : status.position().replayId());
        if (status.position().time() != null) {
            words.put("committed", status.position().time().toString());
            words.put(
                    "lagSeconds",
                    Duration.between(status.position().time(), Instant.now()).toSeconds());
        }
        words.put("credit", status.credit());
        words.put("held", status.held());
        words.put("underWay", status.underWay());
        words.put("heardSecondsAgo", status.heardSince().toSeconds());
        return words;
    }
}
