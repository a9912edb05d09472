package org.sftoolkit.camel.config;

import java.time.Duration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.BulkOptions;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.operation.CsvLineEnding;
import org.sftoolkit.camel.operation.JobAction;
import org.sftoolkit.camel.operation.Via;

/** Options of bulk jobs. */
@UriParams
public abstract class BulkConfiguration extends JobStoreConfiguration {

    private static final long LARGEST_JOB = 150_000_000;
    private static final long SMALLEST_JOB = 100;

    @UriParam(label = "bulk")
    @Metadata(
            description = "Operation of a bulk load: INSERT, UPDATE, UPSERT, DELETE, HARD_DELETE. By default UPSERT if"
                    + " externalIdField is set, else INSERT")
    private @Nullable BulkAction bulkOperation;

    @UriParam(label = "bulk")
    @Metadata(description = "Id of the assignment rule for cases and leads of a bulk load")
    private @Nullable String assignmentRuleId;

    @UriParam(label = "bulk", defaultValue = "COMMA")
    @Metadata(description = "Character between the columns of the CSV of bulk jobs")
    private CsvDelimiter columnDelimiter = CsvDelimiter.COMMA;

    @UriParam(label = "bulk", defaultValue = "LF")
    @Metadata(description = "Line ending of the CSV of bulk jobs")
    private CsvLineEnding lineEnding = CsvLineEnding.LF;

    @UriParam(label = "bulk", defaultValue = "100000000")
    @Metadata(
            description = "Maximum size of one bulk job, in bytes of UTF-8 with its header; larger input is split into"
                    + " several jobs. Salesforce accepts 150 MB after its own encoding, which makes data larger")
    private long maxJobBytes = 100_000_000;

    @UriParam(label = "bulk", defaultValue = "true")
    @Metadata(
            description = "Whether to wait for the end of bulk jobs; waiting holds no thread. If false, the jobs are"
                    + " returned as soon as their data is uploaded")
    private boolean await = true;

    @UriParam(label = "bulk", defaultValue = "1000", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "First pause between checks of the state of a bulk job, in milliseconds; it grows by half each"
                            + " time")
    private long pollInterval = 1_000;

    @UriParam(label = "bulk", defaultValue = "30000", javaType = "java.time.Duration")
    @Metadata(description = "Longest pause between checks of the state of a bulk job, in milliseconds")
    private long maxPollInterval = 30_000;

    @UriParam(label = "bulk", javaType = "java.time.Duration")
    @Metadata(
            description =
                    "Longest wait for one bulk job, in milliseconds; 0 for no limit. After it the exchange fails with"
                            + " the id of the job, which continues in Salesforce")
    private long jobTimeout;

    @UriParam(label = "bulk")
    @Metadata(description = "Action of bulkJob: info, results, abort or delete for one job; list for all jobs")
    private @Nullable JobAction action;

    @UriParam(label = "bulk")
    @Metadata(description = "Id of the bulk job; by default from the header CamelSfToolkitJobId, else from the body")
    private @Nullable String jobId;

    @UriParam(label = "bulk")
    @Metadata(description = "Kind of the jobs that bulkJob lists, such as V2Ingest or V2Query; all by default")
    private @Nullable String jobType;

    @UriParam(label = "bulk")
    @Metadata(
            description =
                    "Existing job that a bulkQuery continues to read, as jobId or jobId:locator, instead of creating a"
                            + " new one")
    private @Nullable String resume;

    @UriParam(label = "bulk", javaType = "java.lang.Integer")
    @Metadata(
            description =
                    "Maximum number of rows in a page of a bulkQuery. By default Salesforce chooses, and several pages"
                            + " are read in parallel")
    private @Nullable Integer maxRecords;

    @UriParam(label = "bulk", defaultValue = "true")
    @Metadata(
            description =
                    "Whether values of a bulkQuery are converted to numbers, dates and so on by the description of"
                            + " their object; else they stay text")
    private boolean typed = true;

    @UriParam(label = "bulk")
    @Metadata(
            description =
                    "API that a list is saved through: REST (the default of save), BULK, or AUTO, which uses REST below"
                            + " bulkThreshold records and else BULK. API that events are published through: PUBSUB,"
                            + " REST, or AUTO (the default of publish), which uses PUBSUB, or REST if the org has no"
                            + " licence for it")
    private @Nullable Via via;

    @UriParam(label = "bulk", defaultValue = "2000")
    @Metadata(description = "Number of records from which via=AUTO uses bulk jobs")
    private int bulkThreshold = 2_000;

    public @Nullable BulkAction getBulkOperation() {
        return bulkOperation;
    }

    public void setBulkOperation(BulkAction bulkOperation) {
        this.bulkOperation = bulkOperation;
    }

    public @Nullable String getAssignmentRuleId() {
        return assignmentRuleId;
    }

    public void setAssignmentRuleId(String assignmentRuleId) {
        this.assignmentRuleId = assignmentRuleId;
    }

    public CsvDelimiter getColumnDelimiter() {
        return columnDelimiter;
    }

    public void setColumnDelimiter(CsvDelimiter columnDelimiter) {
        this.columnDelimiter = columnDelimiter;
    }

    public CsvLineEnding getLineEnding() {
        return lineEnding;
    }

    public void setLineEnding(CsvLineEnding lineEnding) {
        this.lineEnding = lineEnding;
    }

    public long getMaxJobBytes() {
        return maxJobBytes;
    }

    public void setMaxJobBytes(long maxJobBytes) {
        this.maxJobBytes = maxJobBytes;
    }

    public boolean isAwait() {
        return await;
    }

    public void setAwait(boolean await) {
        this.await = await;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public long getMaxPollInterval() {
        return maxPollInterval;
    }

    public void setMaxPollInterval(long maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public long getJobTimeout() {
        return jobTimeout;
    }

    public void setJobTimeout(long jobTimeout) {
        this.jobTimeout = jobTimeout;
    }

    public @Nullable JobAction getAction() {
        return action;
    }

    public void setAction(JobAction action) {
        this.action = action;
    }

    public @Nullable String getJobId() {
        return jobId;
    }

    public void setJobId(String jobId) {
        this.jobId = jobId;
    }

    public @Nullable String getJobType() {
        return jobType;
    }

    public void setJobType(String jobType) {
        this.jobType = jobType;
    }

    public @Nullable String getResume() {
        return resume;
    }

    public void setResume(String resume) {
        this.resume = resume;
    }

    public @Nullable Integer getMaxRecords() {
        return maxRecords;
    }

    public void setMaxRecords(Integer maxRecords) {
        this.maxRecords = maxRecords;
    }

    public boolean isTyped() {
        return typed;
    }

    public void setTyped(boolean typed) {
        this.typed = typed;
    }

    public @Nullable Via getVia() {
        return via;
    }

    public void setVia(Via via) {
        this.via = via;
    }

    public int getBulkThreshold() {
        return bulkThreshold;
    }

    public void setBulkThreshold(int bulkThreshold) {
        this.bulkThreshold = bulkThreshold;
    }

    /** These options as operations take them, validated. */
    public BulkOptions bulkOptions() {
        requireJobStoreOptions();
        if (maxJobBytes < SMALLEST_JOB || maxJobBytes > LARGEST_JOB) {
            throw new IllegalArgumentException(
                    "maxJobBytes=" + maxJobBytes + " is not allowed: use " + SMALLEST_JOB + " to " + LARGEST_JOB);
        }
        OptionRules.requireDuration("pollInterval", pollInterval, 1);
        OptionRules.requireDuration("maxPollInterval", maxPollInterval, 1);
        OptionRules.requireDuration("jobTimeout", jobTimeout, 0);
        if (maxRecords != null) {
            OptionRules.requirePositive("maxRecords", maxRecords);
        }
        OptionRules.requirePositive("bulkThreshold", bulkThreshold);
        return new BulkOptions(
                bulkOperation,
                assignmentRuleId,
                columnDelimiter,
                lineEnding,
                maxJobBytes,
                await,
                Duration.ofMillis(pollInterval),
                Duration.ofMillis(Math.max(pollInterval, maxPollInterval)),
                Duration.ofMillis(jobTimeout),
                action,
                jobId,
                jobType,
                resume,
                maxRecords == null ? 0 : maxRecords,
                typed,
                via,
                bulkThreshold,
                getLoadName(),
                hasJobStore(),
                isPartition(),
                isMatchRows());
    }
}
