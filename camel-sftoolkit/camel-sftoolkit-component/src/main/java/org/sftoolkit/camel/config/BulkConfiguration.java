package org.sftoolkit.camel.config;

import java.time.Duration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.BulkOptions;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.operation.CsvLineEnding;
import org.sftoolkit.camel.operation.JobAction;
import org.sftoolkit.camel.operation.Via;

/** Options of bulk jobs. */
@UriParams
public abstract class BulkConfiguration extends QueryConfiguration {

    private static final long LARGEST_JOB = 150_000_000;
    private static final long SMALLEST_JOB = 100;

    @UriParam(label = "bulk")
    @Metadata(
            description = "What a bulk load does: INSERT, UPDATE, UPSERT, DELETE, HARD_DELETE. By default UPSERT "
                    + "where externalIdField is set, else INSERT")
    private BulkAction bulkOperation;

    @UriParam(label = "bulk")
    @Metadata(description = "Id of the assignment rule for cases and leads of a bulk load")
    private String assignmentRuleId;

    @UriParam(label = "bulk", defaultValue = "COMMA")
    @Metadata(description = "What stands between the columns of the CSV of bulk jobs")
    private CsvDelimiter columnDelimiter = CsvDelimiter.COMMA;

    @UriParam(label = "bulk", defaultValue = "LF")
    @Metadata(description = "What ends the rows of the CSV of bulk jobs")
    private CsvLineEnding lineEnding = CsvLineEnding.LF;

    @UriParam(label = "bulk", defaultValue = "100000000")
    @Metadata(
            description = "Most bytes of one bulk job, in UTF-8 with its header; what exceeds them goes on in further "
                    + "jobs. Salesforce takes 150 MB after its own encoding, which makes data grow")
    private long maxJobBytes = 100_000_000;

    @UriParam(label = "bulk", defaultValue = "true")
    @Metadata(
            description = "Whether to wait for the end of bulk jobs, which holds no thread. With false the jobs are "
                    + "given out as soon as they have their data")
    private boolean await = true;

    @UriParam(label = "bulk", defaultValue = "1000", javaType = "java.time.Duration")
    @Metadata(
            description = "First pause between questions how a bulk job stands, in milliseconds; it grows by half "
                    + "each time")
    private long pollInterval = 1_000;

    @UriParam(label = "bulk", defaultValue = "30000", javaType = "java.time.Duration")
    @Metadata(description = "Longest pause between questions how a bulk job stands, in milliseconds")
    private long maxPollInterval = 30_000;

    @UriParam(label = "bulk", javaType = "java.time.Duration")
    @Metadata(
            description = "Longest wait for one bulk job, in milliseconds; 0 for no end. When it is over the exchange "
                    + "fails with the id of the job, which goes on")
    private long jobTimeout;

    @UriParam(label = "bulk")
    @Metadata(description = "What bulkJob does: info, results, abort, delete with a job; list all jobs")
    private JobAction action;

    @UriParam(label = "bulk")
    @Metadata(description = "The bulk job; by default the header CamelSfToolkitJobId, else the body")
    private String jobId;

    @UriParam(label = "bulk")
    @Metadata(description = "Kind of the jobs that bulkJob lists, such as V2Ingest or V2Query; all by default")
    private String jobType;

    @UriParam(label = "bulk")
    @Metadata(
            description = "Job of a bulkQuery to read on with, as jobId or jobId:locator, instead of making a new one")
    private String resume;

    @UriParam(label = "bulk", javaType = "java.lang.Integer")
    @Metadata(
            description = "Most rows of a page of a bulkQuery; Salesforce's own choice by default, of which several "
                    + "are read at a time")
    private Integer maxRecords;

    @UriParam(label = "bulk", defaultValue = "true")
    @Metadata(
            description = "Whether values of a bulkQuery become numbers, dates and so on by the description of their "
                    + "object; else they stay text")
    private boolean typed = true;

    @UriParam(label = "bulk")
    @Metadata(
            description =
                    "Which API a list is saved through: REST (the usual one of save), BULK, or AUTO for REST below"
                            + " bulkThreshold records and BULK from there on. Which one events are published through:"
                            + " PUBSUB, REST, or AUTO (the usual one of publish) for PUBSUB, and REST if the org has no"
                            + " licence for that")
    private Via via;

    @UriParam(label = "bulk", defaultValue = "2000")
    @Metadata(description = "From so many records on via=AUTO saves through bulk jobs")
    private int bulkThreshold = 2_000;

    public BulkAction getBulkOperation() {
        return bulkOperation;
    }

    public void setBulkOperation(BulkAction bulkOperation) {
        this.bulkOperation = bulkOperation;
    }

    public String getAssignmentRuleId() {
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

    public JobAction getAction() {
        return action;
    }

    public void setAction(JobAction action) {
        this.action = action;
    }

    public String getJobId() {
        return jobId;
    }

    public void setJobId(String jobId) {
        this.jobId = jobId;
    }

    public String getJobType() {
        return jobType;
    }

    public void setJobType(String jobType) {
        this.jobType = jobType;
    }

    public String getResume() {
        return resume;
    }

    public void setResume(String resume) {
        this.resume = resume;
    }

    public Integer getMaxRecords() {
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

    public Via getVia() {
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
        if (maxJobBytes < SMALLEST_JOB || maxJobBytes > LARGEST_JOB) {
            throw new IllegalArgumentException(
                    "maxJobBytes=" + maxJobBytes + ": it is " + SMALLEST_JOB + " to " + LARGEST_JOB);
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
                bulkThreshold);
    }
}
