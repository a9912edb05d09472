package org.sftoolkit.camel.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How bulk jobs are made, waited for and read.
 *
 * @param action what an ingest job does; null for UPSERT with an external id field, else INSERT
 * @param assignmentRuleId for cases and leads, or null
 * @param delimiter of the CSV
 * @param lineEnding of the CSV
 * @param maxJobBytes most bytes of the CSV of one job, its header included
 * @param await whether to wait for the end of jobs
 * @param pollInterval first pause between checks of a job's state
 * @param maxPollInterval longest such pause
 * @param jobTimeout longest wait for one job; zero for no end
 * @param jobAction what is done with existing jobs
 * @param jobId the job; null to take it from header or body
 * @param jobType kind of jobs to list as Salesforce names it, or null
 * @param resume job and locator at which a query continues, or null
 * @param maxRecords most rows of a page of query results; 0 for Salesforce's choice
 * @param typed whether values of query results are made numbers, dates and so on
 * @param via API that records are saved or events are published through; null for the default
 * @param threshold from so many records on Bulk is chosen
 * @param loadName by which a load is found again, or null
 * @param stored whether jobs are kept in a store
 * @param partition whether pages of a query that is left to run are delivered one by one
 * @param matchRows whether rows of results tell their place in the input
 */
public record BulkOptions(
        @Nullable BulkAction action,
        @Nullable String assignmentRuleId,
        CsvDelimiter delimiter,
        CsvLineEnding lineEnding,
        long maxJobBytes,
        boolean await,
        Duration pollInterval,
        Duration maxPollInterval,
        Duration jobTimeout,
        @Nullable JobAction jobAction,
        @Nullable String jobId,
        @Nullable String jobType,
        @Nullable String resume,
        int maxRecords,
        boolean typed,
        @Nullable Via via,
        int threshold,
        @Nullable String loadName,
        boolean stored,
        boolean partition,
        boolean matchRows) {

    /** Which API records are saved through. */
    @Override
    public Via via() {
        return via == null ? Via.REST : via;
    }

    /** The same with another name of the load. */
    public BulkOptions named(String name) {
        return new BulkOptions(
                action,
                assignmentRuleId,
                delimiter,
                lineEnding,
                maxJobBytes,
                await,
                pollInterval,
                maxPollInterval,
                jobTimeout,
                jobAction,
                jobId,
                jobType,
                resume,
                maxRecords,
                typed,
                via,
                threshold,
                name,
                stored,
                partition,
                matchRows);
    }

    /** Which API events are published through. */
    public Via publishVia() {
        return via == null ? Via.AUTO : via;
    }
}
