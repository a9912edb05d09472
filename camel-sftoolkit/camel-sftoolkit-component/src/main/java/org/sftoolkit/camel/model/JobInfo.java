package org.sftoolkit.camel.model;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * A job of Bulk API 2.0 as Salesforce describes it.
 *
 * @param id 18 characters; null for a job that was not made: a dry run planned it, or its rows went through REST
 * @param kind {@code V2Ingest} or {@code V2Query}; null if Salesforce did not return it
 * @param operation such as {@code insert} or {@code query}; null if Salesforce did not return it
 * @param object API name of the object; null if Salesforce did not return it
 * @param state such as {@code JobComplete}
 * @param externalId field of an upsert, or null
 * @param delimiter name of the delimiter of its CSV, such as {@code COMMA}; null if Salesforce did not return it
 * @param lineEnding {@code LF} or {@code CRLF}; null if Salesforce did not return it
 * @param apiVersion such as {@code 66.0}; null for a job that a dry run planned
 * @param created creation time, as Salesforce writes it; null for a job that a dry run planned
 * @param counted whether the number of processed records is known, which only a request for a single job returns
 * @param processed records processed so far, refused ones included
 * @param failed records refused so far
 * @param errorMessage why the job failed, or null
 * @param processingMillis milliseconds that its processing took
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_info.htm">Bulk
 *     API 2.0 and Bulk API Developer Guide: Get Information About an Ingest Job</a>
 */
public record JobInfo(
        @Nullable String id,
        @Nullable String kind,
        @Nullable String operation,
        @Nullable String object,
        String state,
        @Nullable String externalId,
        @Nullable String delimiter,
        @Nullable String lineEnding,
        @Nullable String apiVersion,
        @Nullable String created,
        boolean counted,
        long processed,
        long failed,
        @Nullable String errorMessage,
        long processingMillis) {

    public JobInfo {
        errorMessage = errorMessage == null ? null : Redaction.of(errorMessage);
    }

    /** Whether the job will never change again. */
    public boolean ended() {
        return complete() || "Failed".equals(state) || "Aborted".equals(state);
    }

    /** Whether its processing came to its end; single records may have failed. */
    public boolean complete() {
        return "JobComplete".equals(state);
    }

    /** Whether Salesforce will come to it or is at it. */
    public boolean underWay() {
        return "UploadComplete".equals(state) || "InProgress".equals(state);
    }

    /** Whether it still waits for data. */
    public boolean open() {
        return "Open".equals(state);
    }

    /** Records that were written; exact once the job is complete. */
    public long succeeded() {
        return Math.max(0, processed - failed);
    }
}
