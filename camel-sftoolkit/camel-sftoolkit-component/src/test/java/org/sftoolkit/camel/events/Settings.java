package org.sftoolkit.camel.events;

import java.time.Duration;

/** Settings that differ in one thing. */
final class Settings {

    private Settings() {}

    static Subscription.Settings prefetch(Subscription.Settings it, int events) {
        return new Subscription.Settings(
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

    static Subscription.Settings latest(Subscription.Settings it) {
        return new Subscription.Settings(
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

    static Subscription.Settings onGap(Subscription.Settings it, Subscription.Gap gap) {
        return new Subscription.Settings(
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

    static Subscription.Settings skipping(Subscription.Settings it) {
        return new Subscription.Settings(
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

    static Subscription.Settings commitEach(Subscription.Settings it, Duration interval) {
        return new Subscription.Settings(
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

    static Subscription.Settings wanting(Subscription.Settings it, Wanted wanted, OrderKey key) {
        return new Subscription.Settings(
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
