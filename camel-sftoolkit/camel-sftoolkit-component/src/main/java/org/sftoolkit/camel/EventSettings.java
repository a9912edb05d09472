package org.sftoolkit.camel;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.DiffFields;
import org.sftoolkit.camel.config.EventFormat;
import org.sftoolkit.camel.config.GapEvents;
import org.sftoolkit.camel.config.InitialLoad;
import org.sftoolkit.camel.config.OnRecordFailure;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.events.ChannelName;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.EventChange;
import org.sftoolkit.camel.events.OrderKey;
import org.sftoolkit.camel.events.Repair;
import org.sftoolkit.camel.events.ReplayPosition;
import org.sftoolkit.camel.events.SubscriptionSettings;
import org.sftoolkit.camel.events.SubscriptionSettings.Grouping;
import org.sftoolkit.camel.events.Wanted;
import org.sftoolkit.camel.transport.RetryPolicy;

/** The options of an event subscription, validated. Immutable. */
record EventSettings(
        List<String> channels,
        SubscriptionSettings.Start start,
        SubscriptionSettings.Flow flow,
        SubscriptionSettings.Form form,
        Repair.Scope repair,
        EventFormat format,
        InitialLoad initialLoad,
        List<String> fields) {

    private static final int MOST_PREFETCH = 100;
    private static final int MOST_OF_TRANSACTION = 1_000;

    /**
     * @param list       channels; null if none is given
     * @param clientName by which the org names own changes; null for no name
     * @param set        options of the endpoint itself; defaults of the component may be meant for others
     */
    static EventSettings of(
            SfToolkitConfiguration options, @Nullable String list, @Nullable String clientName, OptionCheck set) {
        List<String> channels = ChannelName.all(list);
        if (options.isSkipOwnChanges() && clientName == null) {
            throw new IllegalArgumentException(
                    "skipOwnChanges=true needs clientName, which marks own changes: set clientName on the connection");
        }
        InitialLoad load = options.getInitialLoad() == null ? InitialLoad.NONE : options.getInitialLoad();
        EventFormat format = options.getEventFormat();
        List<String> fields = OptionRules.names(options.getFields());
        new EventOptionRules(options, set, channels, load).require();
        boolean asCame = format != EventFormat.RECORD;
        return new EventSettings(
                channels,
                start(options, load),
                flow(options),
                form(options, asCame, options.isSkipOwnChanges() ? clientName : null),
                new Repair.Scope(
                        options.getGapEvents() == GapEvents.REPAIR && !asCame,
                        options.getDiffFields() == DiffFields.REPAIR,
                        options.isEnrich(),
                        fields),
                format,
                load,
                fields);
    }

    private static SubscriptionSettings.Start start(SfToolkitConfiguration options, InitialLoad load) {
        OptionRules.requireDuration("lookBack", options.getLookBack(), 0);
        return new SubscriptionSettings.Start(
                EventBus.Preset.valueOf(options.getReplayPreset().name()),
                options.getReplayId() == null ? null : ReplayPosition.replayId(options.getReplayId()),
                load != InitialLoad.NONE,
                SubscriptionSettings.Gap.valueOf(options.getOnGap().name()),
                Duration.ofMillis(options.getLookBack()));
    }

    private static SubscriptionSettings.Flow flow(SfToolkitConfiguration options) {
        OptionRules.requirePositive("maxInFlight", options.getMaxInFlight());
        int prefetch = options.getPrefetch() == null ? MOST_PREFETCH : options.getPrefetch();
        if (prefetch < 1 || prefetch > MOST_PREFETCH) {
            throw new IllegalArgumentException("prefetch=" + prefetch + ": use 1 to " + MOST_PREFETCH
                    + " events, which is what Salesforce takes at a time");
        }
        OptionRules.requireDuration("commitInterval", options.getCommitInterval(), 0);
        OptionRules.requireDuration("keepAliveTimeout", options.getKeepAliveTimeout(), 1);
        return new SubscriptionSettings.Flow(
                options.isSynchronous() ? 1 : options.getMaxInFlight(),
                prefetch,
                options.getOnRecordFailure() == OnRecordFailure.SKIP,
                Duration.ofMillis(options.getCommitInterval()),
                Duration.ofMillis(options.getKeepAliveTimeout()));
    }

    private static SubscriptionSettings.Form form(
            SfToolkitConfiguration options, boolean asCame, @Nullable String ownOrigin) {
        OptionRules.requireNotNegative("maxMessagesPerPoll", options.getMaxMessagesPerPoll());
        OptionRules.requireDuration("listTimeout", options.getListTimeout(), 1);
        OptionRules.requireDuration("transactionTimeout", options.getTransactionTimeout(), 1);
        Grouping grouping = EventOptionRules.grouping(options.getOutputType());
        int most = options.getMaxMessagesPerPoll() == 0 ? MOST_PREFETCH : options.getMaxMessagesPerPoll();
        SubscriptionSettings.GapEvents gaps =
                SubscriptionSettings.GapEvents.valueOf(options.getGapEvents().name());
        return new SubscriptionSettings.Form(
                grouping,
                grouping == Grouping.TRANSACTION ? MOST_OF_TRANSACTION : most,
                Duration.ofMillis(
                        grouping == Grouping.TRANSACTION ? options.getTransactionTimeout() : options.getListTimeout()),
                asCame,
                asCame && gaps == SubscriptionSettings.GapEvents.REPAIR ? SubscriptionSettings.GapEvents.DELIVER : gaps,
                OrderKey.of(options.getOrderKey()),
                new Wanted(changes(options.getChangeTypes()), ownOrigin));
    }

    private static Set<EventChange> changes(@Nullable String list) {
        List<String> names = OptionRules.names(list);
        Set<EventChange> changes = EnumSet.noneOf(EventChange.class);
        for (String name : names) {
            changes.add(
                    switch (name.toUpperCase(Locale.ROOT)) {
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
    SubscriptionSettings subscribing(RetryPolicy pauses) {
        return new SubscriptionSettings(start, flow, form, pauses);
    }

    boolean isGathering() {
        return form.grouping() != Grouping.RECORD;
    }
}
