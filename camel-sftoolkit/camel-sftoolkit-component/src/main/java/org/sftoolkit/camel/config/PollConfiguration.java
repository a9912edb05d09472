package org.sftoolkit.camel.config;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of the polling consumers. */
@UriParams
public abstract class PollConfiguration extends RestConfiguration {

    @UriParam(label = "consumer", defaultValue = "SystemModstamp")
    @Metadata(description = "Field with the time of the last change; a date and time that every record has")
    private String watermarkField = "SystemModstamp";

    @UriParam(label = "consumer", defaultValue = "BEGINNING")
    @Metadata(
            description = "Start of a consumer that has no stored position: BEGINNING (everything that exists), NOW, or"
                    + " an instant such as 2026-01-31T00:00:00Z")
    private String initialWatermark = "BEGINNING";

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "How existing records are loaded when a consumer without a position starts: by query (REST, the"
                            + " default of query and changes), by a bulk query (BULK), or not at all (NONE, the default of"
                            + " subscribe)")
    private @Nullable InitialLoad initialLoad;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Store of the position. Without it and without watermarkFile the position is kept in memory and"
                            + " lost when the context stops")
    private @Nullable StateRepository<String, String> watermarkStore;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "File in which positions are stored. It is replaced as a whole, so a crash leaves either the old"
                            + " or the new position")
    private @Nullable String watermarkFile;

    @UriParam(label = "consumer")
    @Metadata(
            description =
                    "Key of the position in its store; by default the operation and the object, such as query:Account")
    private @Nullable String watermarkKey;

    @UriParam(label = "consumer", defaultValue = "10000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "Minimum age of a record in milliseconds, by the clock of the org; younger records may still be in"
                            + " a transaction and are read later")
    private long settleDelay = 10_000;

    @UriParam(label = "consumer", defaultValue = "600000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "How far back in milliseconds each poll reads again to find records that were committed late; 0"
                            + " turns it off")
    private long lookBack = 600_000;

    @UriParam(label = "consumer,advanced")
    @Metadata(
            description =
                    "Repository of the records delivered within the look-back; it survives restarts. Without it they"
                            + " are kept in memory and, up to 20,000 records, with the position")
    private @Nullable IdempotentRepository idempotentRepository;

    @UriParam(label = "consumer", defaultValue = "STOP")
    @Metadata(
            description =
                    "Reaction to a failed exchange: the poll stops and the record is delivered again (STOP), or the"
                            + " record is skipped (SKIP)")
    private OnRecordFailure onRecordFailure = OnRecordFailure.STOP;

    @UriParam(label = "consumer", defaultValue = "FAIL")
    @Metadata(
            description = "What changes and subscribe do if the org does not know any more what happened since their"
                    + " position: fail until the position is set (FAIL), read what is missed (RESYNC: changes loads"
                    + " everything again, subscribe what changed since), or go on with the oldest event that is there"
                    + " or with what comes from now on (EARLIEST, LATEST, subscribe)")
    private OnGap onGap = OnGap.FAIL;

    @UriParam(label = "consumer")
    @Metadata(
            description = "Maximum number of exchanges in a poll with outputType=RECORD, the rest follows with the next"
                    + " poll; with LIST maximum number of records in a list. 0 means no limit, and 2,000 records"
                    + " in a list, or 100 with subscribe")
    private int maxMessagesPerPoll;

    @UriParam(label = "consumer,advanced", defaultValue = "10")
    @Metadata(
            description = "Maximum number of exchanges of a consumer in progress at a time, in routes that continue"
                    + " asynchronously; 1 for one after the other")
    private int maxInFlight = 10;

    @UriParam(label = "consumer,advanced", defaultValue = "600000", javaType = "java.time.Duration")
    @Metadata(description = "Longest wait of a poll for one page of the org, in milliseconds, including retries")
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

    public @Nullable InitialLoad getInitialLoad() {
        return initialLoad;
    }

    public void setInitialLoad(InitialLoad initialLoad) {
        this.initialLoad = initialLoad;
    }

    public @Nullable StateRepository<String, String> getWatermarkStore() {
        return watermarkStore;
    }

    public void setWatermarkStore(StateRepository<String, String> watermarkStore) {
        this.watermarkStore = watermarkStore;
    }

    public @Nullable String getWatermarkFile() {
        return watermarkFile;
    }

    public void setWatermarkFile(String watermarkFile) {
        this.watermarkFile = watermarkFile;
    }

    public @Nullable String getWatermarkKey() {
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

    public @Nullable IdempotentRepository getIdempotentRepository() {
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
