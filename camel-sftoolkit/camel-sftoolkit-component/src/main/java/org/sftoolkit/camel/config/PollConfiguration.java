package org.sftoolkit.camel.config;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of the polling consumers. */
@UriParams
public abstract class PollConfiguration extends RestConfiguration {

    @UriParam(label = "consumer", defaultValue = "SystemModstamp")
    @Metadata(description = "Field that holds when a record changed; a date and time that every record has")
    private String watermarkField = "SystemModstamp";

    @UriParam(label = "consumer", defaultValue = "BEGINNING")
    @Metadata(
            description =
                    "Where a consumer begins that has no stored position: BEGINNING (everything that exists), NOW, or"
                            + " an instant such as 2026-01-31T00:00:00Z")
    private String initialWatermark = "BEGINNING";

    @UriParam(label = "consumer", defaultValue = "REST")
    @Metadata(
            description =
                    "How what exists is loaded when a consumer begins at BEGINNING: by query (REST), by a bulk query"
                            + " (BULK), or not at all (NONE)")
    private InitialLoad initialLoad = InitialLoad.REST;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Where the position is kept. Without it and without watermarkFile it is kept in memory and lost"
                            + " with the context")
    private StateRepository<String, String> watermarkStore;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "File in which positions are kept; replaced as a whole, so that a crash leaves the old position or"
                            + " the new")
    private String watermarkFile;

    @UriParam(label = "consumer")
    @Metadata(
            description = "Key of the position in its store; the operation and object by default, as in query:Account")
    private String watermarkKey;

    @UriParam(label = "consumer", defaultValue = "10000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "Age in milliseconds, by the org's clock, that a record must have to be read: younger ones may"
                            + " still be in transactions")
    private long settleDelay = 10_000;

    @UriParam(label = "consumer", defaultValue = "600000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "How far back in milliseconds each poll reads again for records that were committed late; 0 turns"
                            + " it off")
    private long lookBack = 600_000;

    @UriParam(label = "consumer,advanced")
    @Metadata(
            description =
                    "Remembers what was delivered within the look-back, across restarts too. Without it the look-back"
                            + " is remembered in memory and, up to 20,000 records, beside the position")
    private IdempotentRepository idempotentRepository;

    @UriParam(label = "consumer", defaultValue = "STOP")
    @Metadata(
            description =
                    "What follows on an exchange that failed: the poll stops and the record comes again (STOP), or it"
                            + " is passed over (SKIP)")
    private OnRecordFailure onRecordFailure = OnRecordFailure.STOP;

    @UriParam(label = "consumer", defaultValue = "FAIL")
    @Metadata(
            description = "What changes and subscribe do if the org does not know any more what happened since their"
                    + " position: fail until the position is set (FAIL), load everything again (RESYNC, changes),"
                    + " or go on with the oldest event that is there or with what comes from now on (EARLIEST,"
                    + " LATEST, subscribe)")
    private OnGap onGap = OnGap.FAIL;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Most exchanges a poll with outputType=RECORD, the rest follows with the next poll; with LIST most"
                            + " records a list. 0 for no limit, and 2,000 records a list")
    private int maxMessagesPerPoll;

    @UriParam(label = "consumer,advanced", defaultValue = "10")
    @Metadata(
            description =
                    "Exchanges of a consumer that may be under way at a time in routes that continue asynchronously; 1"
                            + " for one after the other")
    private int maxInFlight = 10;

    @UriParam(label = "consumer,advanced", defaultValue = "600000", javaType = "java.time.Duration")
    @Metadata(description = "Most milliseconds that a poll waits for one page of the org, repetitions included")
    private long pollTimeout = 600_000;

    public String getWatermarkField() {
        return watermarkField;
    }

    public void setWatermarkField(String watermarkField) {
        this.watermarkField = watermarkField;
    }

    public String getInitialWatermark() {
        return initialWatermark;
    }

    public void setInitialWatermark(String initialWatermark) {
        this.initialWatermark = initialWatermark;
    }

    public InitialLoad getInitialLoad() {
        return initialLoad;
    }

    public void setInitialLoad(InitialLoad initialLoad) {
        this.initialLoad = initialLoad;
    }

    public StateRepository<String, String> getWatermarkStore() {
        return watermarkStore;
    }

    public void setWatermarkStore(StateRepository<String, String> watermarkStore) {
        this.watermarkStore = watermarkStore;
    }

    public String getWatermarkFile() {
        return watermarkFile;
    }

    public void setWatermarkFile(String watermarkFile) {
        this.watermarkFile = watermarkFile;
    }

    public String getWatermarkKey() {
        return watermarkKey;
    }

    public void setWatermarkKey(String watermarkKey) {
        this.watermarkKey = watermarkKey;
    }

    public long getSettleDelay() {
        return settleDelay;
    }

    public void setSettleDelay(long settleDelay) {
        this.settleDelay = settleDelay;
    }

    public long getLookBack() {
        return lookBack;
    }

    public void setLookBack(long lookBack) {
        this.lookBack = lookBack;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public OnRecordFailure getOnRecordFailure() {
        return onRecordFailure;
    }

    public void setOnRecordFailure(OnRecordFailure onRecordFailure) {
        this.onRecordFailure = onRecordFailure;
    }

    public OnGap getOnGap() {
        return onGap;
    }

    public void setOnGap(OnGap onGap) {
        this.onGap = onGap;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public long getPollTimeout() {
        return pollTimeout;
    }

    public void setPollTimeout(long pollTimeout) {
        this.pollTimeout = pollTimeout;
    }
}
