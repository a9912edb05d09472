package org.sftoolkit.camel.operation;

/** What the operations honour in {@code from}. */
public final class ConsumerOptions {

    private static final HonouredOptions POLLING = HonouredOptions.consumer(
                    "sObject",
                    "fields",
                    "type",
                    "outputType",
                    "includeDeleted",
                    "synchronous",
                    "watermarkField",
                    "initialWatermark",
                    "watermarkStore",
                    "watermarkFile",
                    "watermarkKey",
                    "settleDelay",
                    "idempotentRepository",
                    "onRecordFailure",
                    "maxMessagesPerPoll",
                    "maxInFlight",
                    "onLimit",
                    "parkTimeout",
                    "pollTimeout")
            // of the jobs that initialLoad=BULK and bulkQuery read through
            .and("concurrency", "pollInterval", "maxPollInterval", "jobTimeout", "maxRecords")
            .instead(
                    "limit", "a consumer reads in the order of watermarkField and Id; maxMessagesPerPoll bounds a poll")
            .instead("orderBy", "a consumer reads in the order of watermarkField and Id")
            .instead("api", "api=TOOLING is not for consumers, which read business records");

    public static final HonouredOptions QUERY =
            POLLING.and("soql", "where", "queryBatchSize", "initialLoad", "lookBack");

    public static final HonouredOptions BULK_QUERY = POLLING.and("soql", "where")
            .instead("queryBatchSize", "use maxRecords")
            .instead("initialLoad", "each poll reads everything by a job")
            .instead("lookBack", "each poll reads everything anew");

    public static final HonouredOptions CHANGES = POLLING.and("onGap", "queryBatchSize", "initialLoad", "lookBack")
            .instead("soql", "Salesforce lists all that happened to the object: filter in the route, or use query")
            .instead("where", "Salesforce lists all that happened to the object: filter in the route, or use query");

    public static final HonouredOptions SUBSCRIBE = HonouredOptions.consumer(
                    "sObject",
                    "type",
                    "synchronous",
                    "continueOn",
                    "watermarkStore",
                    "watermarkFile",
                    "watermarkKey",
                    "onRecordFailure",
                    "maxInFlight",
                    "onGap")
            .and("replayPreset", "replayId", "prefetch", "orderKey", "changeTypes", "skipOwnChanges")
            .and("commitInterval", "keepAliveTimeout", "outputType", "maxMessagesPerPoll", "listTimeout")
            .and("transactionTimeout", "eventFormat", "gapEvents", "diffFields", "lookBack", "enrich", "fields")
            .and("initialLoad", "idempotentRepository")
            // of the jobs that initialLoad=BULK reads through
            .and("concurrency", "pollInterval", "maxPollInterval", "jobTimeout", "maxRecords")
            .instead("initialWatermark", "use replayPreset or replayId: events are known by their place in a channel")
            .instead("where", "filter in the route, or by a custom channel of the org");

    public static final HonouredOptions JOBS = HonouredOptions.consumer(
                    "jobStore", "jobFile", "jobKey", "typed", "onRecordFailure")
            .instead("outputType", "a load gives a BulkResult, a query its rows as a stream")
            .instead("watermarkStore", "use jobStore")
            .instead("watermarkFile", "use jobFile");

    private ConsumerOptions() {}
}
