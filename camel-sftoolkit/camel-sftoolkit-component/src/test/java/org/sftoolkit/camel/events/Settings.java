package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.Random;
import org.sftoolkit.camel.transport.RetryPolicy;

/** Settings that differ in one thing from the usual ones. */
final class Settings {

    static final SubscriptionSettings USUAL = new SubscriptionSettings(
            new SubscriptionSettings.Start(
                    EventBus.Preset.EARLIEST, null, false, SubscriptionSettings.Gap.FAIL, Duration.ofMinutes(10)),
            new SubscriptionSettings.Flow(10, 100, false, Duration.ofSeconds(1), Duration.ofSeconds(300)),
            new SubscriptionSettings.Form(
                    SubscriptionSettings.Grouping.RECORD,
                    100,
                    Duration.ofSeconds(1),
                    false,
                    SubscriptionSettings.GapEvents.REPAIR,
                    OrderKey.RECORD,
                    Wanted.ALL),
            new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(30), new Random(7)));

    private Settings() {}

    private static SubscriptionSettings flow(SubscriptionSettings it, SubscriptionSettings.Flow flow) {
        return new SubscriptionSettings(it.start(), flow, it.form(), it.pauses());
    }

    private static SubscriptionSettings start(SubscriptionSettings it, SubscriptionSettings.Start start) {
        return new SubscriptionSettings(start, it.flow(), it.form(), it.pauses());
    }

    static SubscriptionSettings form(SubscriptionSettings it, SubscriptionSettings.Form form) {
        return new SubscriptionSettings(it.start(), it.flow(), form, it.pauses());
    }

    static SubscriptionSettings prefetch(SubscriptionSettings it, int events) {
        var flow = it.flow();
        return flow(
                it,
                new SubscriptionSettings.Flow(
                        flow.maxInFlight(), events, flow.skipFailures(), flow.commitInterval(), flow.keepAlive()));
    }

    static SubscriptionSettings latest(SubscriptionSettings it) {
        var start = it.start();
        return start(
                it,
                new SubscriptionSettings.Start(
                        EventBus.Preset.LATEST, start.replayId(), start.load(), start.onGap(), start.lookBack()));
    }

    static SubscriptionSettings loading(SubscriptionSettings it) {
        var start = it.start();
        return start(
                it,
                new SubscriptionSettings.Start(EventBus.Preset.LATEST, null, true, start.onGap(), start.lookBack()));
    }

    static SubscriptionSettings after(SubscriptionSettings it, String replayId) {
        var start = it.start();
        return start(
                it,
                new SubscriptionSettings.Start(
                        start.preset(), replayId, start.load(), start.onGap(), start.lookBack()));
    }

    static SubscriptionSettings onGap(SubscriptionSettings it, SubscriptionSettings.Gap gap) {
        var start = it.start();
        return start(
                it,
                new SubscriptionSettings.Start(start.preset(), start.replayId(), start.load(), gap, start.lookBack()));
    }

    static SubscriptionSettings skipping(SubscriptionSettings it) {
        var flow = it.flow();
        return flow(
                it,
                new SubscriptionSettings.Flow(
                        flow.maxInFlight(), flow.prefetch(), true, flow.commitInterval(), flow.keepAlive()));
    }

    static SubscriptionSettings commitEach(SubscriptionSettings it, Duration interval) {
        var flow = it.flow();
        return flow(
                it,
                new SubscriptionSettings.Flow(
                        flow.maxInFlight(), flow.prefetch(), flow.skipFailures(), interval, flow.keepAlive()));
    }

    static SubscriptionSettings wanting(SubscriptionSettings it, Wanted wanted, OrderKey key) {
        var form = it.form();
        return form(
                it,
                new SubscriptionSettings.Form(
                        form.grouping(), form.most(), form.patience(), form.asCame(), form.gapEvents(), key, wanted));
    }

    static SubscriptionSettings gathering(
            SubscriptionSettings it, SubscriptionSettings.Grouping grouping, int most, Duration patience) {
        var form = it.form();
        return form(
                it,
                new SubscriptionSettings.Form(
                        grouping, most, patience, form.asCame(), form.gapEvents(), form.orderKey(), form.wanted()));
    }

    static SubscriptionSettings gapEvents(SubscriptionSettings it, SubscriptionSettings.GapEvents gaps) {
        var form = it.form();
        return form(
                it,
                new SubscriptionSettings.Form(
                        form.grouping(),
                        form.most(),
                        form.patience(),
                        form.asCame(),
                        gaps,
                        form.orderKey(),
                        form.wanted()));
    }
}
