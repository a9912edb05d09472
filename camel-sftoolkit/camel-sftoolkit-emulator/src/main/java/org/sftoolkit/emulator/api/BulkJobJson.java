package org.sftoolkit.emulator.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.emulator.bulk.BulkJob;
import org.sftoolkit.emulator.bulk.ClassicJob;
import org.sftoolkit.emulator.bulk.IngestJob;
import org.sftoolkit.emulator.bulk.JobState;
import org.sftoolkit.emulator.org.WireValues;

/** Jobs in JSON, in the forms that creation, info and lists have. */
final class BulkJobJson {

    private BulkJobJson() {}

    /**
     * As creating, closing and aborting answer.
     *
     * @param state into which the call brought the job, which may have gone on since then
     */
    static Map<String, Object> brief(BulkJob job, JobState state) {
        Map<String, Object> json = brief(job);
        json.put("state", state.wireName());
        return json;
    }

    private static Map<String, Object> brief(BulkJob job) {
        Map<String, Object> json = base(job);
        if (job instanceof IngestJob && job.state() == JobState.OPEN) {
            json.put("contentUrl", contentUrl(job));
        }
        json.put("lineEnding", job.order().lineEnding().name());
        json.put("columnDelimiter", job.order().delimiter().name());
        return json;
    }

    /** As lists show it: without counters. */
    static Map<String, Object> listed(BulkJob job) {
        Map<String, Object> json = brief(job);
        json.put("jobType", job.jobType());
        return json;
    }

    /** As lists show a job of the API before 2.0. */
    static Map<String, Object> listed(ClassicJob job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", job.id());
        json.put("operation", job.order().operation());
        json.put("object", job.order().object());
        json.put("createdById", job.order().userId());
        json.put("createdDate", WireValues.datetime(job.created()));
        json.put("systemModstamp", WireValues.datetime(job.changed()));
        json.put("state", job.state().wireName());
        if (job.order().externalIdField() != null) {
            json.put("externalIdFieldName", job.order().externalIdField());
        }
        json.put("concurrencyMode", job.order().concurrencyMode());
        json.put("contentType", job.order().content().name());
        json.put("apiVersion", new java.math.BigDecimal(job.order().version()));
        json.put("jobType", "Classic");
        return json;
    }

    /** As its own resource shows it. */
    static Map<String, Object> info(BulkJob job) {
        Map<String, Object> json = listed(job);
        if (job.state() != JobState.OPEN) {
            json.put("numberRecordsProcessed", job.processed());
        }
        if (job instanceof IngestJob ingest && job.state() != JobState.OPEN) {
            json.put("numberRecordsFailed", ingest.failed());
        }
        json.put("retries", 0);
        json.put("totalProcessingTime", job.processingTime());
        if (job instanceof IngestJob) {
            json.put("apiActiveProcessingTime", job.processingTime());
            json.put("apexProcessingTime", 0);
        } else {
            json.put("isPkChunkingSupported", true);
        }
        if (job.errorMessage() != null) {
            json.put("errorMessage", job.errorMessage());
        }
        return json;
    }

    private static Map<String, Object> base(BulkJob job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", job.id());
        json.put("operation", job.operation());
        json.put("object", job.order().object());
        json.put("createdById", job.order().userId());
        json.put("createdDate", WireValues.datetime(job.created()));
        json.put("systemModstamp", WireValues.datetime(job.changed()));
        json.put("state", job.state().wireName());
        if (job instanceof IngestJob ingest) {
            if (ingest.externalIdField() != null) {
                json.put("externalIdFieldName", ingest.externalIdField());
            }
            if (ingest.assignmentRuleId() != null) {
                json.put("assignmentRuleId", ingest.assignmentRuleId());
            }
        }
        json.put("concurrencyMode", "Parallel");
        json.put("contentType", "CSV");
        json.put("apiVersion", new java.math.BigDecimal(job.order().version()));
        return json;
    }

    /** Without a slash at the begin, as documented. */
    private static String contentUrl(BulkJob job) {
        return "services/data/v" + job.order().version() + "/jobs/ingest/" + job.id() + "/batches";
    }
}
