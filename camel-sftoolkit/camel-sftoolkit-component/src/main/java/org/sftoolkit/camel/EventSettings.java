package org.sftoolkit.camel;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sftoolkit.camel.config.OnGap;
import org.sftoolkit.camel.config.OnRecordFailure;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.events.Amendment;
import org.sftoolkit.camel.events.ChannelName;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.EventChange;
import org.sftoolkit.camel.events.OrderKey;
import org.sftoolkit.camel.events.ReplayPosition;
import org.sftoolkit.camel.events.SubscriptionSettings;
import org.sftoolkit.camel.events.Wanted;
import org.sftoolkit.camel.transport.RetryPolicy;

/** The options of an event subscription, validated. Immutable. */
record EventSettings(
        List<String> channels,
        EventBus.Preset replayPreset,
        String replayId,
        int maxInFlight,
        int prefetch,
        boolean skipFailures,
        SubscriptionSettings.Gap onGap,
        OrderKey orderKey,
        Set<EventChange> changes,
        boolean skipOwnChanges,
        Duration commitInterval,
        Duration keepAlive) {

    private static final int MOST_PREFETCH = 100;

    static EventSettings of(SfToolkitConfiguration options, String list, String clientName) {
        List<String> channels = ChannelName.all(list);
        OptionRules.requirePositive("maxInFlight", options.getMaxInFlight());
        int prefetch = options.getPrefetch() == null ? MOST_PREFETCH : options.getPrefetch();
        if (prefetch < 1 || prefetch > MOST_PREFETCH) {
            throw new IllegalArgumentException("prefetch=" + prefetch + ": use 1 to " + MOST_PREFETCH
                    + " events, which is what Salesforce takes at a time");
        }
        OptionRules.requireDuration("commitInterval", options.getCommitInterval(), 0);
        OptionRules.requireDuration("keepAliveTimeout", options.getKeepAliveTimeout(), 1);
        if (options.getReplayId() != null && channels.size() > 1) {
            throw new IllegalArgumentException("replayId works for one channel, but there are " + channels.size()
                    + ": give one channel, or remove replayId");
        }
        if (options.isSkipOwnChanges() && clientName == null) {
            throw new IllegalArgumentException(
                    "skipOwnChanges=true needs clientName, which marks own changes: set clientName on the connection");
        }
        return new EventSettings(
                channels,
                EventBus.Preset.valueOf(options.getReplayPreset().name()),
                options.getReplayId() == null ? null : ReplayPosition.replayId(options.getReplayId()),
                options.isSynchronous() ? 1 : options.getMaxInFlight(),
                prefetch,
                options.getOnRecordFailure() == OnRecordFailure.SKIP,
                gap(options.getOnGap()),
                OrderKey.of(options.getOrderKey()),
                changes(options.getChangeTypes()),
                options.isSkipOwnChanges(),
                Duration.ofMillis(options.getCommitInterval()),
                Duration.ofMillis(options.getKeepAliveTimeout()));
    }

    private static SubscriptionSettings.Gap gap(OnGap onGap) {
        if (onGap == OnGap.RESYNC) {
            throw new IllegalArgumentException(
                    "onGap=RESYNC works with sftoolkit:changes only: use FAIL, EARLIEST or LATEST");
        }
        return SubscriptionSettings.Gap.valueOf(onGap.name());
    }

    private static Set<EventChange> changes(String list) {
        List<String> names = OptionRules.names(list);
        Set<EventChange> changes = EnumSet.noneOf(EventChange.class);
        for (String name : names) {
            changes.add(
                    switch (name.toUpperCase(java.util.Locale.ROOT)) {
                        case "CREATE", "CREATED" -> EventChange.CREATED;
                        case "UPDATE", "UPDATED" -> EventChange.UPDATED;
                        case "DELETE", "DELETED" -> EventChange.DELETED;
                        case "UNDELETE", "UNDELETED" -> EventChange.UNDELETED;
                        default ->
                            throw new IllegalArgumentException(
                                    "changeTypes=" + list + ": use CREATE, UPDATE, DELETE and UNDELETE");
                    });
        }
        return names.isEmpty() ? EnumSet.allOf(EventChange.class) : changes;
    }

    /** As a subscription takes them. */
    SubscriptionSettings subscribing(String clientName, Amendment amendment, RetryPolicy pauses) {
        return new SubscriptionSettings(
                replayPreset,
                replayId,
                maxInFlight,
                prefetch,
                skipFailures,
                onGap,
                orderKey,
                new Wanted(changes, skipOwnChanges ? clientName : null),
                amendment,
                commitInterval,
                keepAlive,
                pauses);
    }
}
