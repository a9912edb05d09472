package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.config.InitialLoad;
import org.sftoolkit.camel.config.OnGap;
import org.sftoolkit.camel.config.OnRecordFailure;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.config.PollConfiguration;
import org.sftoolkit.camel.operation.Api;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.poll.BulkExtractSource;
import org.sftoolkit.camel.poll.CursorText;
import org.sftoolkit.camel.poll.Delivery;
import org.sftoolkit.camel.poll.LoadThenFollow;
import org.sftoolkit.camel.poll.ModifiedRecordsSource;
import org.sftoolkit.camel.poll.PollSource;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.poll.Poller;
import org.sftoolkit.camel.poll.QueryReader;
import org.sftoolkit.camel.poll.QuerySource;
import org.sftoolkit.camel.poll.ReplicationReader;
import org.sftoolkit.camel.poll.StartPosition;
import org.sftoolkit.camel.soql.PolledStatement;
import org.sftoolkit.camel.transport.LogContext;

/** The options of a consumer, validated. Immutable. */
record PollSettings(
        String watermarkField,
        String initialWatermark,
        InitialLoad initialLoad,
        Duration settleDelay,
        Duration lookBack,
        boolean skipFailures,
        OnGap onGap,
        OutputType outputType,
        int maxMessagesPerPoll,
        int maxInFlight,
        Duration pollTimeout) {

    private static final int LONGEST_LIST = 2_000;
    private static final Duration MOST_LOOK_BACK = Duration.ofDays(1);

    static PollSettings of(PollConfiguration options) {
        OutputType type = options.getOutputType() == null ? OutputType.RECORD : options.getOutputType();
        if (type != OutputType.RECORD && type != OutputType.LIST && type != OutputType.STREAM) {
            throw new IllegalArgumentException(
                    "outputType=" + type + " is not allowed for a consumer: use RECORD, LIST or STREAM");
        }
        if (options.getOnGap() == OnGap.EARLIEST || options.getOnGap() == OnGap.LATEST) {
            throw new IllegalArgumentException(
                    "onGap=" + options.getOnGap() + " works with sftoolkit:subscribe only: use FAIL or RESYNC");
        }
        OptionRules.requireDuration("settleDelay", options.getSettleDelay(), 0);
        OptionRules.requireDuration("lookBack", options.getLookBack(), 0);
        OptionRules.requireNotNegative("maxMessagesPerPoll", options.getMaxMessagesPerPoll());
        OptionRules.requirePositive("maxInFlight", options.getMaxInFlight());
        OptionRules.requireDuration("pollTimeout", options.getPollTimeout(), 1);
        if (options.getLookBack() > MOST_LOOK_BACK.toMillis()) {
            throw new IllegalArgumentException("lookBack can be at most " + MOST_LOOK_BACK.toHours()
                    + " hours: transactions of Salesforce last ten minutes at most");
        }
        if (options.getOrderBy() != null || options.getLimit() != null) {
            throw new IllegalArgumentException((options.getOrderBy() != null ? "orderBy" : "limit")
                    + " is not for consumers: they read in the order of watermarkField and Id, and maxMessagesPerPoll"
                    + " bounds a poll");
        }
        var settings = new PollSettings(
                options.getWatermarkField(),
                options.getInitialWatermark(),
                options.getInitialLoad() == null ? InitialLoad.REST : options.getInitialLoad(),
                Duration.ofMillis(options.getSettleDelay()),
                Duration.ofMillis(options.getLookBack()),
                options.getOnRecordFailure() == OnRecordFailure.SKIP,
                options.getOnGap(),
                type,
                options.getMaxMessagesPerPoll(),
                options.getMaxInFlight(),
                Duration.ofMillis(options.getPollTimeout()));
        settings.start();
        return settings;
    }

    /** Start of a consumer that has no stored position. */
    StartPosition start() {
        boolean now = "BEGINNING".equalsIgnoreCase(initialWatermark.strip()) && initialLoad == InitialLoad.NONE;
        return now ? StartPosition.now() : StartPosition.of(initialWatermark);
    }

    /** How a poller delivers. */
    Poller.Settings delivering(boolean synchronous) {
        return new Poller.Settings(
                Delivery.Form.valueOf(outputType.name()),
                maxMessagesPerPoll == 0 ? LONGEST_LIST : maxMessagesPerPoll,
                maxMessagesPerPoll,
                synchronous ? 1 : maxInFlight,
                skipFailures,
                pollTimeout);
    }

    /** What the endpoint reads, validated. */
    PolledQuery query(OperationName operation, @Nullable String sObject, SfToolkitConfiguration options) {
        refuse(operation, options);
        if (options.getSoql() == null) {
            if (sObject == null) {
                throw new IllegalArgumentException("no object is given: add it to the URI, as in sftoolkit:" + operation
                        + ":Account" + (operation == OperationName.changes ? "" : ", or set soql"));
            }
            return query(sObject, null, options);
        }
        PolledStatement statement = statement(operation, options.getSoql());
        if (sObject != null && !sObject.equalsIgnoreCase(statement.sObject())) {
            throw new IllegalArgumentException("soql reads " + statement.sObject() + ", but the URI names " + sObject
                    + ": use sftoolkit:" + operation + " alone, or the object that soql reads");
        }
        return query(statement.sObject(), statement, options);
    }

    private PolledQuery query(String sObject, @Nullable PolledStatement statement, SfToolkitConfiguration options) {
        return new PolledQuery(
                sObject,
                OptionRules.names(options.getFields()),
                options.getWhere(),
                statement,
                watermarkField,
                options.isIncludeDeleted(),
                options.pageSize());
    }

    /** Refuses options that a consumer would ignore. */
    private static void refuse(OperationName operation, SfToolkitConfiguration options) {
        if (options.getApi() == Api.TOOLING) {
            throw new IllegalArgumentException(
                    "api=TOOLING cannot be used in a consumer, which reads business records only: query the Tooling"
                            + " API in 'to'");
        }
        if (operation != OperationName.bulkQuery
                && options.getInitialLoad() == InitialLoad.BULK
                && "NOW".equalsIgnoreCase(options.getInitialWatermark().strip())) {
            throw new IllegalArgumentException(
                    "initialLoad=BULK and initialWatermark=NOW contradict each other: BULK loads what exists, NOW"
                            + " leaves it out");
        }
        if (options.getSoql() != null && options.getWhere() != null) {
            throw new IllegalArgumentException(
                    "soql and where cannot be combined: soql is a whole statement, where is for a query built from an"
                            + " object");
        }
        if (operation == OperationName.changes && (options.getSoql() != null || options.getWhere() != null)) {
            throw new IllegalArgumentException((options.getSoql() != null ? "soql" : "where")
                    + " cannot be used with changes, because Salesforce lists all changes of the object:"
                    + " filter in the route, or use sftoolkit:query");
        }
    }

    private PolledStatement statement(OperationName operation, String soql) {
        return operation == OperationName.bulkQuery
                ? PolledStatement.extract(soql)
                : new PolledStatement(soql, watermarkField);
    }

    /** The source of a position. */
    String source(OperationName operation, PolledQuery query) {
        return CursorText.name(operation.name(), query.sObject(), watermarkField);
    }

    /** The default key of the position in its store. */
    static String key(OperationName operation, PolledQuery query) {
        return CursorText.name(operation.name(), query.sObject());
    }

    /**
     * The source of the records.
     *
     * @param clock of the org
     * @param jobs runs bulk queries
     * @param log what log lines belong to
     */
    PollSource source(
            OperationName operation,
            SalesforceClient client,
            Supplier<Future<Instant>> clock,
            PolledQuery query,
            BulkExtractSource.Jobs jobs,
            LogContext log) {
        var reader = new QueryReader(client, clock, query);
        if (operation == OperationName.bulkQuery) {
            return new BulkExtractSource(
                    jobs,
                    clock,
                    (from, until) -> reader.extract(from, until, true),
                    query,
                    settleDelay,
                    Duration.ZERO,
                    true);
        }
        var queried = new QuerySource(reader, settleDelay, lookBack);
        PollSource load = initialLoad == InitialLoad.BULK
                ? new BulkExtractSource(
                        jobs,
                        clock,
                        (from, until) -> reader.extract(from, until, false),
                        query,
                        settleDelay,
                        lookBack,
                        false)
                : queried;
        PollSource follow = operation == OperationName.changes
                ? new ModifiedRecordsSource(new ReplicationReader(client, clock, query), onGap == OnGap.RESYNC, log)
                : queried;
        return new LoadThenFollow(load, follow);
    }
}
