package org.sftoolkit.camel;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.LeftJobs;
import org.sftoolkit.camel.config.OptionRules;
import org.sftoolkit.camel.connection.ConnectionSettings;
import org.sftoolkit.camel.events.EventBus;
import org.sftoolkit.camel.events.PublishOperation;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.poll.PolledQuery;
import org.sftoolkit.camel.transport.Concurrency;
import org.sftoolkit.camel.watermark.WatermarkFile;

/**
 * The options of an endpoint: refuses those that are invalid, and says what its producers and consumers work by.
 *
 * @param sObject       the endpoint's object, or null
 * @param configuration may still be changed by who made the endpoint
 * @param check         which of them were set
 */
record EndpointOptions(
        CamelContext camel,
        OperationName operation,
        @Nullable String sObject,
        SfToolkitConfiguration configuration,
        OptionCheck check) {

    /**
     * Refuses invalid options. It is not known yet whether the endpoint is for a consumer or a producer, so options must
     * be valid for one of them.
     */
    void requireValid() {
        check.requireEitherSide();
        check.requireOverridable(OptionRules.names(configuration.getAllowHeaderOverride()));
        connection();
        apiBudget();
        recordClass();
        try {
            requireProducer();
        } catch (IllegalArgumentException noProducer) {
            if (!operation.hasConsumer()) {
                throw noProducer;
            }
            try {
                requireConsumer();
            } catch (IllegalArgumentException noConsumer) {
                throw check.isForConsumer() ? noConsumer : noProducer;
            }
        }
    }

    /** Refuses options that are invalid in {@code to}. */
    void requireProducer() {
        Operation<?> work = operation.create();
        CallOptions options = configuration.callOptionsBefore(sObject);
        check.requireProducer(options);
        work.check(options);
        if (operation == OperationName.bulkQuery && options.bulk().partition()) {
            connection()
                    .requireVersion(
                            "partition=true, which reads the list of a query's pages,", LeftJobs.OLDEST_VERSION);
        }
        if (work instanceof PublishOperation && PublishOperation.needsBus(options)) {
            wire();
        }
    }

    /** Refuses options that are invalid in {@code from}. */
    void requireConsumer() {
        check.requireConsumer();
        requireNoContradiction();
        if (operation == OperationName.jobs) {
            configuration.callOptions(sObject, Map.of());
            if (!configuration.hasJobStore()) {
                throw new IllegalArgumentException(
                        "sftoolkit:jobs needs the store from which it takes jobs: set jobStore"
                                + " or jobFile, as in the endpoints that leave jobs");
            }
        } else if (operation == OperationName.subscribe) {
            events();
            wire();
        } else {
            polledQuery();
        }
    }

    /** Refuses options of a consumer that contradict each other, and a key that a watermark file cannot hold. */
    private void requireNoContradiction() {
        if (check.isSet("watermarkStore") && check.isSet("watermarkFile")) {
            throw new IllegalArgumentException(
                    "watermarkStore and watermarkFile cannot be combined: the position is kept in one of them");
        }
        boolean inFile = configuration.getWatermarkFile() != null && configuration.getWatermarkStore() == null;
        if (inFile && configuration.getWatermarkKey() != null) {
            WatermarkFile.requireKey(configuration.getWatermarkKey());
        }
        if (check.isSet("maxMessagesPerPoll") && configuration.getOutputType() == OutputType.STREAM) {
            throw new IllegalArgumentException(
                    "maxMessagesPerPoll has no effect with outputType=STREAM, which gives one exchange a poll: remove"
                            + " it, or use outputType=LIST");
        }
    }

    ConnectionSettings connection() {
        return ConnectionSettings.of(configuration.effectiveConnection(camel), camel);
    }

    /** Percent of the org's calls at which those of the endpoint stop: its own, else that of its connection. */
    int apiBudget() {
        return ConnectionSettings.apiBudget(
                check.isSet("apiBudget") ? configuration : configuration.effectiveConnection(camel));
    }

    /** Whether the endpoint finds out itself how many requests of an exchange are best. */
    boolean isAdaptive() {
        return operation.hasProducer()
                && configuration.callOptions(sObject, Map.of()).concurrency() == Concurrency.ADAPTIVE;
    }

    EventSettings events() {
        return EventSettings.of(
                configuration, sObject, configuration.effectiveConnection(camel).getClientName(), check);
    }

    PolledQuery polledQuery() {
        return PollSettings.of(configuration).query(operation, sObject, configuration);
    }

    /** What connects to the event bus; fails if the artifact for it is missing. */
    EventBus.Connector wire() {
        return EventWire.find(camel, "sftoolkit:" + operation);
    }

    /** Class of the returned records; null for the default. */
    @Nullable
    Class<?> recordClass() {
        String name = configuration.getType();
        if (name == null) {
            return null;
        }
        try {
            return camel.getClassResolver().resolveMandatoryClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "type=" + name + " cannot be loaded: use the name of a class on the classpath", e);
        }
    }

    /** Finds the artifact that speaks to the event bus. */
    private static final class EventWire {

        private static final String NAME = "sftoolkit-events";

        private EventWire() {}

        /**
         * The wire on the class path.
         *
         * @param user what needs it
         * @throws IllegalArgumentException if it is not there, naming the artifact
         */
        static EventBus.Connector find(CamelContext context, String user) {
            return context.getCamelContextExtension()
                    .getBootstrapFactoryFinder()
                    .newInstance(NAME, EventBus.Connector.class)
                    .orElseThrow(() -> new IllegalArgumentException(user
                            + " needs the artifact org.sftoolkit.camel:camel-sftoolkit-events, which is not on the"
                            + " class path: add it to the application, in the version of camel-sftoolkit"));
        }
    }
}
