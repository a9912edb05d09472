package org.sftoolkit.camel.maven;

/** What endpoints for bulk jobs, reports and events become. */
final class JobMigration {

    private static final String REPORT = "the body is the JSON that Salesforce documents";
    private static final String PART = "is a step of a job, and sftoolkit:%s does all steps in one call: remove it";

    private final Migration migration;

    JobMigration(Migration migration) {
        this.migration = migration;
    }

    /** Converts the endpoint; returns false if its operation is of another kind. */
    boolean convert() {
        switch (migration.use.operation()) {
            case "bulk2CreateJob", "createJob" -> {
                migration.toObject("bulk");
                migration.parameters.put("bulkOperation", "INSERT");
                migration.notes.add(
                        "bulkOperation is that of the job in the body (INSERT, UPDATE, UPSERT, DELETE); the body is now"
                                + " the records or the CSV");
            }
            case "bulk2CreateQueryJob", "createBatchQuery" -> {
                migration.to("bulkQuery");
                migration.move("sObjectQuery", "soql");
                migration.drop(
                        "sObjectName", "pkChunking", "pkChunkingChunkSize", "pkChunkingParent", "pkChunkingStartRow");
                if (!migration.parameters.containsKey("soql")) {
                    migration.notes.add("the query of the job in the body becomes the option soql or the body");
                }
            }
            case "bulk2CreateBatch",
                    "bulk2CloseJob",
                    "closeJob",
                    "createBatch",
                    "getBatch",
                    "getAllBatches",
                    "getRequest",
                    "getResults" -> migration.none(String.format(PART, "bulk"));
            case "getQueryResultIds", "getQueryResult" -> migration.none(String.format(PART, "bulkQuery"));
            case "bulk2GetJob", "bulk2GetQueryJob", "getJob" -> job("info");
            case "bulk2AbortJob", "bulk2AbortQueryJob", "abortJob" -> job("abort");
            case "bulk2DeleteJob", "bulk2DeleteQueryJob" -> job("delete");
            case "bulk2GetAllJobs" -> job("list");
            case "bulk2GetAllQueryJobs" -> {
                job("list");
                migration.parameters.put("jobType", "V2Query");
            }
            case "bulk2GetSuccessfulResults", "bulk2GetFailedResults", "bulk2GetUnprocessedRecords" -> {
                job("results");
                migration.notes.add("the body is a result with successful, failed and unprocessed rows");
            }
            case "bulk2GetQueryJobResults" -> {
                migration.to("bulkQuery");
                migration.move("jobId", "resume");
                migration.drop("locator");
                if (!migration.parameters.containsKey("resume")) {
                    migration.notes.add("resume names the job: its Id, or Id:locator");
                }
            }
            case "getRecentReports" -> migration.raw("GET", "analytics/reports");
            case "getReportDescription" -> report("GET", "/describe");
            case "executeSyncReport" -> report("POST", "");
            case "executeAsyncReport" -> report("POST", "/instances");
            case "getReportInstances" -> report("GET", "/instances");
            case "getReportResults" -> report("GET", "/instances/" + migration.either("instanceId", "{instanceId}"));
            case "pubSubSubscribe", "subscribe" -> subscribe();
            case "pubSubPublish" -> {
                String event = channel();
                migration.sftoolkit("publish", event == null ? null : event.replaceFirst("^/?event/", ""));
            }
            case "queryMore" -> migration.none("is not needed: sftoolkit:query reads all pages by itself");
            case "getEventSchema" ->
                migration.none(
                        "is not needed: sftoolkit:subscribe and publish read the schemas of events by themselves");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void job(String action) {
        migration.to("bulkJob");
        migration.parameters.put("action", action);
        if (action.equals("list")) {
            migration.drop("jobId", "queryLocator");
        } else {
            migration.move("jobId", "jobId");
            if (!migration.parameters.containsKey("jobId")) {
                migration.notes.add("the Id of the job comes in the body or the header CamelSfToolkitJobId");
            }
        }
        migration.drop("batchId", "locator", "maxRecords");
    }

    private void report(String method, String more) {
        migration.raw(method, "analytics/reports/" + migration.either("reportId", "{reportId}") + more);
        migration.drop("includeDetails", "reportMetadata", "instanceId");
        migration.notes.add(REPORT);
    }

    private void subscribe() {
        String channel = channel();
        if (channel == null || !channel.matches("/?(event|data)/.*|.*__e|.*ChangeEvent|.*__chn|\\{\\{.*")) {
            migration.none("follows a PushTopic or generic event, which the Pub/Sub API does not serve: poll with"
                    + " sftoolkit:query or sftoolkit:changes");
            return;
        }
        migration.sftoolkit("subscribe", channel.matches("(event|data)/.*") ? "/" + channel : channel);
        migration.move("replayPreset", "replayPreset");
        migration.move("pubSubReplayId", "replayId");
        migration.move("pubSubBatchSize", "prefetch");
        if ("true".equals(migration.option("fallbackToLatestReplayId"))) {
            migration.parameters.put("onGap", "LATEST");
        }
        migration.drop("pubSubDeserializeType", "pubSubPojoClass");
        String cometd = migration.option("replayId");
        if (cometd != null || migration.use.value("defaultReplayId") != null) {
            migration.drop("defaultReplayId", "initialReplayIdMap", "fallBackReplayId");
            migration.notes.add(
                    "numeric replay ids of CometD mean nothing to the Pub/Sub API: begin with replayPreset");
        }
    }

    /** The channel or event of the path. */
    private String channel() {
        return migration.use.sObject();
    }
}
