package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of event subscriptions. */
@UriParams
public abstract class EventConfiguration extends PollConfiguration {

    @UriParam(label = "consumer", defaultValue = "LATEST")
    @Metadata(
            description = "Where a channel begins that has no stored position (subscribe): with what comes from now on"
                    + " (LATEST), or with the oldest event that the org still holds, up to 72 hours back"
                    + " (EARLIEST)")
    private ReplayPreset replayPreset = ReplayPreset.LATEST;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Replay id in Base64 after which a channel begins that has no stored position (subscribe); for one"
                            + " channel")
    private @Nullable String replayId;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "What keeps its order (subscribe): exchanges that share it never overlap. The record of a change,"
                            + " and all events of a platform event's channel, by default; or the name of a field; NONE"
                            + " lets all overlap")
    private @Nullable String orderKey;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Changes of records to deliver (subscribe), separated by commas: CREATE, UPDATE, DELETE, UNDELETE."
                            + " All by default")
    private @Nullable String changeTypes;

    @UriParam(label = "consumer", defaultValue = "false")
    @Metadata(
            description =
                    "Whether changes that this connection made itself are dropped (subscribe), by its clientName: so"
                            + " that two orgs can follow each other without an echo")
    private boolean skipOwnChanges;

    @UriParam(label = "consumer", defaultValue = "REPAIR")
    @Metadata(
            description =
                    "What subscribe does about change events without values, which Salesforce sends if it cannot make"
                            + " whole ones: read what they stand for (REPAIR; of an event that names no records, all that"
                            + " changed since its commit less lookBack), deliver them without values (DELIVER), or fail"
                            + " (FAIL)")
    private GapEvents gapEvents = GapEvents.REPAIR;

    @UriParam(label = "consumer", defaultValue = "REPAIR")
    @Metadata(
            description =
                    "What subscribe does about long texts that come as a difference from the text before: read the"
                            + " text (REPAIR), or deliver the difference in its place (DELIVER)")
    private DiffFields diffFields = DiffFields.REPAIR;

    @UriParam(label = "consumer", defaultValue = "false")
    @Metadata(
            description =
                    "Whether changes bring the whole record, or its fields, as it is now (subscribe): one call for all"
                            + " records that wait, up to 2,000")
    private boolean enrich;

    @UriParam(label = "consumer", defaultValue = "RECORD")
    @Metadata(
            description =
                    "What subscribe delivers: records (RECORD), the event as the Streaming API wrote it, as JSON text"
                            + " (JSON), or its bytes, with the schema in the header CamelSfToolkitSchema (AVRO)")
    private EventFormat eventFormat = EventFormat.RECORD;

    @UriParam(label = "consumer", defaultValue = "1000", javaType = "java.time.Duration")
    @Metadata(description = "How long a list gathers events at most, in milliseconds (subscribe with outputType=LIST)")
    private long listTimeout = 1_000;

    @UriParam(label = "consumer", defaultValue = "2000", javaType = "java.time.Duration")
    @Metadata(
            description = "Silence in milliseconds after which a transaction is taken for complete, unless an event of"
                    + " another comes first (subscribe with outputType=TRANSACTION)")
    private long transactionTimeout = 2_000;

    @UriParam(label = "consumer,advanced", defaultValue = "1000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "How often positions are stored while they move (subscribe), in milliseconds; 0 stores each at"
                            + " once. After a crash events come again that were done since")
    private long commitInterval = 1_000;

    @UriParam(label = "consumer,advanced", defaultValue = "300000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "Silence in milliseconds after which a channel's stream is opened anew (subscribe); a ping goes"
                            + " out at half of it. Salesforce gives a sign of life each 270 seconds at the latest")
    private long keepAliveTimeout = 300_000;

    public ReplayPreset getReplayPreset() {
        return replayPreset;
    }

    public void setReplayPreset(ReplayPreset replayPreset) {
        this.replayPreset = replayPreset;
    }

    public @Nullable String getReplayId() {
        return replayId;
    }

    public void setReplayId(String replayId) {
        this.replayId = replayId;
    }

    public @Nullable String getOrderKey() {
        return orderKey;
    }

    public void setOrderKey(String orderKey) {
        this.orderKey = orderKey;
    }

    public @Nullable String getChangeTypes() {
        return changeTypes;
    }

    public void setChangeTypes(String changeTypes) {
        this.changeTypes = changeTypes;
    }

    public boolean isSkipOwnChanges() {
        return skipOwnChanges;
    }

    public void setSkipOwnChanges(boolean skipOwnChanges) {
        this.skipOwnChanges = skipOwnChanges;
    }

    public long getCommitInterval() {
        return commitInterval;
    }

    public void setCommitInterval(long commitInterval) {
        this.commitInterval = commitInterval;
    }

    public long getKeepAliveTimeout() {
        return keepAliveTimeout;
    }

    public void setKeepAliveTimeout(long keepAliveTimeout) {
        this.keepAliveTimeout = keepAliveTimeout;
    }

    public GapEvents getGapEvents() {
        return gapEvents;
    }

    public void setGapEvents(GapEvents gapEvents) {
        this.gapEvents = gapEvents;
    }

    public DiffFields getDiffFields() {
        return diffFields;
    }

    public void setDiffFields(DiffFields diffFields) {
        this.diffFields = diffFields;
    }

    public boolean isEnrich() {
        return enrich;
    }

    public void setEnrich(boolean enrich) {
        this.enrich = enrich;
    }

    public EventFormat getEventFormat() {
        return eventFormat;
    }

    public void setEventFormat(EventFormat eventFormat) {
        this.eventFormat = eventFormat;
    }

    public long getListTimeout() {
        return listTimeout;
    }

    public void setListTimeout(long listTimeout) {
        this.listTimeout = listTimeout;
    }

    public long getTransactionTimeout() {
        return transactionTimeout;
    }

    public void setTransactionTimeout(long transactionTimeout) {
        this.transactionTimeout = transactionTimeout;
    }
}
