package org.sftoolkit.camel.events;

import java.time.Duration;

/** Settings that differ in one thing. */
final class Settings {

    private Settings() {}

    static SubscriptionSettings prefetch(SubscriptionSettings it, int events) {
        return new SubscriptionSettings(
                it.replayPreset(),
                it.replayId(),
                it.maxInFlight(),
                events,
                it.skipFailures(),
                it.onGap(),
                it.orderKey(),
                it.wanted(),
                it.amendment(),
                it.commitInterval(),
                it.keepAlive(),
                it.pauses());
    }

    static SubscriptionSettings latest(SubscriptionSettings it) {
        return new SubscriptionSettings(
                EventBus.Preset.LATEST,
                it.replayId(),
                it.maxInFlight(),
                it.prefetch(),
                it.skipFailures(),
                it.onGap(),
                it.orderKey(),
                it.wanted(),
                it.amendment(),
                it.commitInterval(),
                it.keepAlive(),
                it.pauses());
    }

    static SubscriptionSettings onGap(SubscriptionSettings it, SubscriptionSettings.Gap gap) {
        return new SubscriptionSettings(
                it.replayPreset(),
                it.replayId(),
                it.maxInFlight(),
                it.prefetch(),
                it.skipFailures(),
                gap,
                it.orderKey(),
                it.wanted(),
                it.amendment(),
                it.commitInterval(),
                it.keepAlive(),
                it.pauses());
    }

    static SubscriptionSettings skipping(SubscriptionSettings it) {
        return new SubscriptionSettings(
                it.replayPreset(),
                it.replayId(),
                it.maxInFlight(),
                it.prefetch(),
                true,
                it.onGap(),
                it.orderKey(),
                it.wanted(),
                it.amendment(),
                it.commitInterval(),
                it.keepAlive(),
                it.pauses());
    }

    static SubscriptionSettings commitEach(SubscriptionSettings it, Duration interval) {
        return new SubscriptionSettings(
                it.replayPreset(),
                it.replayId(),
                it.maxInFlight(),
                it.prefetch(),
                it.skipFailures(),
                it.onGap(),
                it.orderKey(),
                it.wanted(),
                it.amendment(),
                interval,
                it.keepAlive(),
                it.pauses());
    }

    static SubscriptionSettings wanting(SubscriptionSettings it, Wanted wanted, OrderKey key) {
        return new SubscriptionSettings(
                it.replayPreset(),
                it.replayId(),
                it.maxInFlight(),
                it.prefetch(),
                it.skipFailures(),
                it.onGap(),
                key,
                wanted,
                it.amendment(),
                it.commitInterval(),
                it.keepAlive(),
                it.pauses());
    }
}
