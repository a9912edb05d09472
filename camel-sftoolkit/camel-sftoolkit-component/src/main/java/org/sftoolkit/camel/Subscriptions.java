package org.sftoolkit.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.events.ChannelStatus;
import org.sftoolkit.camel.events.Subscription;

/** The event subscriptions of a component that run. Thread-safe. */
final class Subscriptions {

    private record Entry(
            @Nullable String route,
            Subscription subscription,
            StateRepository<String, String> store,
            List<String> keys) {}

    private final List<Entry> running = new ArrayList<>();

    /**
     * Refuses a second consumer under the same key of the same store: each would overwrite the other's position.
     *
     * @param route null if it is not known, as behind {@code master:}
     */
    synchronized void add(
            @Nullable String route,
            Subscription subscription,
            StateRepository<String, String> store,
            List<String> keys) {
        for (Entry other : running) {
            for (String key : keys) {
                if (other.store() == store && other.keys().contains(key)) {
                    throw new IllegalArgumentException("the consumers of "
                            + Watermarks.route(other.route()) + " and " + Watermarks.route(route)
                            + " keep a position under "
                            + key + " in the same store: give one of them a watermarkKey");
                }
            }
        }
        running.add(new Entry(route, subscription, store, keys));
    }

    synchronized void remove(@Nullable Subscription subscription) {
        running.removeIf(entry -> entry.subscription() == subscription);
    }

    /** The subscription of a route, to read and to set. */
    interface Controlled {

        /** Channels in the words of consoles. */
        List<Map<String, Object>> describe();

        /** @param channel null for all */
        void set(@Nullable String channel, String position);
    }

    /** The subscription of a route; empty if none runs there. */
    synchronized Optional<Controlled> of(String route) {
        return running.stream()
                .filter(entry -> route.equals(entry.route()))
                .map(Entry::subscription)
                .findFirst()
                .map(subscription -> new Controlled() {
                    @Override
                    public List<Map<String, Object>> describe() {
                        return subscription.status().stream()
                                .map(status -> words(route, status))
                                .toList();
                    }

                    @Override
                    public void set(@Nullable String channel, String position) {
                        subscription.set(channel, position);
                    }
                });
    }

    /** Routes with a subscription, as far as they are known. */
    synchronized List<String> routes() {
        return running.stream().map(Entry::route).filter(Objects::nonNull).toList();
    }

    /** Channels in the words of consoles. */
    synchronized List<Map<String, Object>> describe() {
        return running.stream()
                .flatMap(entry -> entry.subscription().status().stream().map(status -> words(entry.route(), status)))
                .toList();
    }

    /** Channels from which nothing comes, and why. */
    synchronized List<String> troubles() {
        return running.stream()
                .flatMap(entry -> entry.subscription().status().stream()
                        .filter(status -> status.trouble() != null)
                        .map(status -> Watermarks.route(entry.route()) + ": " + status.channel() + ": "
                                + status.trouble().getMessage()
                                + (status.rpcId().isEmpty() ? "" : " (rpc id " + status.rpcId() + ")")
                                + ", last heard of " + status.heardSince().toSeconds() + " s ago"))
                .toList();
    }

    /** Channels of one subscription, each as a text. */
    static List<String> texts(Subscription subscription) {
        return subscription.status().stream()
                .map(status -> words(null, status).toString())
                .toList();
    }

    private static Map<String, Object> words(@Nullable String route, ChannelStatus status) {
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
