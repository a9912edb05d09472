package org.sftoolkit.camel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.config.EventFormat;
import org.sftoolkit.camel.config.InitialLoad;
import org.sftoolkit.camel.config.OnGap;
import org.sftoolkit.camel.config.ReplayPreset;
import org.sftoolkit.camel.events.ChannelName;
import org.sftoolkit.camel.events.SubscriptionSettings.Grouping;
import org.sftoolkit.camel.operation.OutputType;

/**
 * Refuses options of an event subscription that make no sense together, or on its channels.
 *
 * @param set options of the endpoint itself; defaults of the component may be meant for others
 */
record EventOptionRules(SfToolkitConfiguration options, OptionCheck set, List<String> channels, InitialLoad load) {

    /** @param type null for the default */
    static Grouping grouping(@Nullable OutputType type) {
        return switch (type == null ? OutputType.RECORD : type) {
            case RECORD -> Grouping.RECORD;
            case LIST -> Grouping.LIST;
            case TRANSACTION -> Grouping.TRANSACTION;
            default ->
                throw new IllegalArgumentException(
                        "outputType=" + type + " is not for subscribe: use RECORD, LIST or TRANSACTION");
        };
    }

    void require() {
        requireGrouping();
        requireFormat();
        requireStart();
        requireObjects();
    }

    private void requireGrouping() {
        Grouping grouping = grouping(options.getOutputType());
        if (grouping != Grouping.LIST) {
            refuseIf(set.isSet("maxMessagesPerPoll"), "maxMessagesPerPoll bounds a list: set outputType=LIST");
            refuseIf(set.isSet("listTimeout"), "listTimeout bounds a list: set outputType=LIST");
        }
        if (grouping != Grouping.TRANSACTION) {
            refuseIf(
                    set.isSet("transactionTimeout"),
                    "transactionTimeout ends a transaction: set outputType=TRANSACTION");
            return;
        }
        for (String channel : channels) {
            refuseIf(
                    !ChannelName.isOfChanges(channel),
                    "outputType=TRANSACTION gathers changes of records, and " + channel
                            + " has events that belong to no transaction: use LIST, or a route of its own for it");
        }
    }

    private void requireFormat() {
        EventFormat format = options.getEventFormat();
        if (format == EventFormat.RECORD) {
            return;
        }
        String as = "eventFormat=" + format + " delivers events as they came: ";
        refuseIf(set.isSet("type"), as + "drop type, or set eventFormat=RECORD");
        refuseIf(options.isEnrich(), as + "drop enrich, or set eventFormat=RECORD");
        refuseIf(load != InitialLoad.NONE, as + "drop initialLoad, which reads records, or set eventFormat=RECORD");
        refuseIf(
                options.getOnGap() == OnGap.RESYNC,
                as + "use another onGap than RESYNC, which reads records, or set eventFormat=RECORD");
        refuseIf(
                format == EventFormat.AVRO && grouping(options.getOutputType()) != Grouping.RECORD,
                "eventFormat=AVRO needs the schema of each event beside it: use outputType=RECORD, or"
                        + " eventFormat=JSON");
    }

    private void requireStart() {
        refuseIf(
                options.getReplayId() != null && set.isSet("replayPreset"),
                "replayId and replayPreset cannot be combined: both say where a channel begins that has no stored"
                        + " position; remove one");
        refuseIf(
                options.getReplayId() != null && channels.size() > 1,
                "replayId works for one channel, but there are " + channels.size()
                        + ": give one channel, or remove replayId");
        if (load != InitialLoad.NONE) {
            String begin = "initialLoad=" + load + " begins with what exists, and goes on with what happens from then"
                    + " on: drop ";
            refuseIf(options.getReplayId() != null, begin + "replayId");
            refuseIf(
                    set.isSet("replayPreset") && options.getReplayPreset() == ReplayPreset.EARLIEST,
                    begin + "replayPreset=EARLIEST");
        }
    }

    /** Records can be read only of an object that is known. */
    private void requireObjects() {
        boolean reads = options.isEnrich() || load != InitialLoad.NONE || options.getOnGap() == OnGap.RESYNC;
        refuseIf(
                set.isSet("fields") && !reads,
                "fields are those of records that are read: set enrich=true, initialLoad or onGap=RESYNC as well;"
                        + " what an event brings is the org's choice");
        refuseIf(
                set.isSet("enrich") && options.isEnrich() && channels.stream().noneMatch(ChannelName::isOfChanges),
                "enrich=true completes changes of records, and " + channels + " has none: drop it");
        String cure = " is not the change channel of one object: name the objects, as in"
                + " sftoolkit:subscribe:Account,Contact";
        for (String channel : channels) {
            boolean isObject = ChannelName.object(channel) != null;
            refuseIf(
                    set.isSet("onGap") && options.getOnGap() == OnGap.RESYNC && !isObject,
                    "onGap=RESYNC reads the records of an object that changed, and " + channel + cure
                            + ", or use another onGap");
            refuseIf(
                    set.isSet("initialLoad")
                            && load != InitialLoad.NONE
                            && !isObject
                            && ChannelName.isOfChanges(channel),
                    "initialLoad=" + load + " reads the records of an object, and " + channel + cure);
        }
        refuseIf(
                set.isSet("initialLoad")
                        && load != InitialLoad.NONE
                        && channels.stream().allMatch(channel -> ChannelName.object(channel) == null),
                "initialLoad=" + load + " reads the records of an object, and " + channels
                        + " has no changes: drop it");
    }

    private static void refuseIf(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException(why);
        }
    }
}
