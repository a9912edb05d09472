package org.sftoolkit.camel;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkJobOperation;
import org.sftoolkit.camel.bulk.BulkOperation;
import org.sftoolkit.camel.bulk.BulkQueryOperation;
import org.sftoolkit.camel.events.PublishOperation;
import org.sftoolkit.camel.files.DownloadOperation;
import org.sftoolkit.camel.files.UploadOperation;
import org.sftoolkit.camel.operation.ConsumerOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.poll.ControlOperation;
import org.sftoolkit.camel.query.QueryOperation;
import org.sftoolkit.camel.query.SearchOperation;
import org.sftoolkit.camel.records.DeleteOperation;
import org.sftoolkit.camel.records.FetchOperation;
import org.sftoolkit.camel.records.ReloadOperation;
import org.sftoolkit.camel.records.RowsThroughRest;
import org.sftoolkit.camel.records.SaveOperation;
import org.sftoolkit.camel.rest.CompositeOperation;
import org.sftoolkit.camel.rest.DescribeOperation;
import org.sftoolkit.camel.rest.LimitsOperation;
import org.sftoolkit.camel.rest.RawOperation;
import org.sftoolkit.camel.rest.UserInfoOperation;
import org.sftoolkit.camel.rest.VersionsOperation;

/**
 * The operations of the component, with their names in URIs.
 *
 * <p>The constants are spelled as in URIs, so that Camel's catalogue and its URI parser know them by that name.
 */
public enum OperationName {
    /** One record or many, by Id or external id. */
    fetch(FetchOperation::new),
    /** The records of the body, read again into the same objects. */
    reload(ReloadOperation::new),
    /** Insert, update or upsert, one record or a list, decided per record. */
    save(SaveOperation::new),
    /** One record or many, by Id or external id. */
    delete(DeleteOperation::new),
    /** A record with a file, or another file for a record. */
    upload(UploadOperation::new),
    /** The file of a record. */
    download(DownloadOperation::new),
    /** Records or CSV through bulk jobs. */
    bulk(() -> new BulkOperation(new RowsThroughRest())),
    /** The rows of a query through a bulk job. */
    bulkQuery(BulkQueryOperation::new, ConsumerOptions.BULK_QUERY),
    /** Existing bulk jobs. */
    bulkJob(BulkJobOperation::new),
    /** The rows of a SOQL query. */
    query(QueryOperation::new, ConsumerOptions.QUERY),
    /** Results of a full-text search. */
    search(SearchOperation::new),
    /** Description of one object, or of all. */
    describe(DescribeOperation::new),
    /** Limits of the org, or about how many records an object has. */
    limits(LimitsOperation::new),
    /** API versions of the org. */
    versions(VersionsOperation::new),
    /** The user that the connection is logged in as. */
    userInfo(UserInfoOperation::new),
    /** Several requests in one. */
    composite(CompositeOperation::new),
    /** The consumer of a route: its position read and set, paused and resumed. */
    control(ControlOperation::new),
    /** Any REST resource, Apex REST and Tooling included. */
    raw(RawOperation::new),
    /** Created, changed and deleted records, soon after the change. */
    changes(null, ConsumerOptions.CHANGES),
    /** Results of bulk jobs that were left to run. */
    jobs(null, ConsumerOptions.JOBS),
    /** Platform events, one or a list. */
    publish(PublishOperation::new),
    /** Change events, platform events and monitoring events, as they are published. */
    subscribe(null, ConsumerOptions.SUBSCRIBE);

    private final @Nullable Supplier<Operation<?>> producer;
    private final @Nullable HonouredOptions consumer;

    OperationName(Supplier<Operation<?>> producer) {
        this(producer, null);
    }

    /**
     * @param producer makes the operation; null without a producer
     * @param consumer what its consumer honours; null without a consumer
     */
    OperationName(@Nullable Supplier<Operation<?>> producer, @Nullable HonouredOptions consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Whether it can be used in {@code to}. */
    public boolean hasProducer() {
        return producer != null;
    }

    /** Whether it can be used in {@code from}. */
    public boolean hasConsumer() {
        return consumer != null;
    }

    /** What it honours in {@code to}; null if it cannot be used there. */
    public @Nullable HonouredOptions producerOptions() {
        return producer == null ? null : producer.get().options();
    }

    /** What it honours in {@code from}; null if it cannot be used there. */
    public @Nullable HonouredOptions consumerOptions() {
        return consumer;
    }

    /**
     * The operation, for use in a producer.
     *
     * @throws IllegalArgumentException if it is for consumers only
     */
    public Operation<?> create() {
        if (producer == null) {
            throw new IllegalArgumentException("sftoolkit:" + this
                    + " is a consumer and cannot be used in 'to': use it in 'from'. Operations for 'to': "
                    + names(OperationName::hasProducer));
        }
        return producer.get();
    }

    /** @throws IllegalArgumentException if it is for producers only */
    public void requireConsumer() {
        if (consumer == null) {
            throw new IllegalArgumentException("sftoolkit:" + this
                    + " is a producer and cannot be used in 'from': use it in 'to'. Operations for 'from': "
                    + names(OperationName::hasConsumer));
        }
    }

    private static String names(Predicate<OperationName> side) {
        return Arrays.stream(values()).filter(side).map(Enum::name).collect(Collectors.joining(", "));
    }
}
