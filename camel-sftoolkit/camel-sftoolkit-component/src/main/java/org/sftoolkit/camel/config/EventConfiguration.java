package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

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
    private String replayId;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "What keeps its order (subscribe): exchanges that share it never overlap. The record of a change,"
                            + " and all events of a platform event's channel, by default; or the name of a field; NONE"
                            + " lets all overlap")
    private String orderKey;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Changes of records to deliver (subscribe), separated by commas: CREATE, UPDATE, DELETE, UNDELETE."
                            + " All by default")
    private String changeTypes;

    @UriParam(label = "consumer", defaultValue = "false")
    @Metadata(
            description =
                    "Whether changes that this connection made itself are dropped (subscribe), by its clientName: so"
                            + " that two orgs can follow each other without an echo")
    private boolean skipOwnChanges;

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

    public String getReplayId() {
        return replayId;
    }

    public void setReplayId(String replayId) {
        this.replayId = replayId;
    }

    public String getOrderKey() {
        return orderKey;
    }

    public void setOrderKey(String orderKey) {
        this.orderKey = orderKey;
    }

    public String getChangeTypes() {
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
}
