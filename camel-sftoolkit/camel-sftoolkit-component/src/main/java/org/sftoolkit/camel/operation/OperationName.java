package org.sftoolkit.camel.operation;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The operations of the component by the names that stand in URIs.
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
    /** The rows of a SOQL query. */
    query(QueryOperation::new, true),
    /** Created, changed and deleted records, as they become so. */
    changes(null, true);

    private final Supplier<Operation<?>> producer;
    private final boolean consumer;

    OperationName(Supplier<Operation<?>> producer) {
        this(producer, false);
    }

    OperationName(Supplier<Operation<?>> producer, boolean consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Whether it can stand in {@code to}. */
    public boolean hasProducer() {
        return producer != null;
    }

    /** Whether it can stand in {@code from}. */
    public boolean hasConsumer() {
        return consumer;
    }

    /**
     * The operation, for use in a producer.
     *
     * @throws IllegalArgumentException where it is for consumers only
     */
    public Operation<?> create() {
        if (producer == null) {
            throw new IllegalArgumentException(
                    "sftoolkit:" + this + " cannot stand in 'to': it is a consumer, for 'from';" + " in 'to' there are "
                            + names(OperationName::hasProducer));
        }
        return producer.get();
    }

    /** @throws IllegalArgumentException where it is for producers only */
    public void requireConsumer() {
        if (!consumer) {
            throw new IllegalArgumentException("sftoolkit:" + this
                    + " cannot stand in 'from': it works on what is sent to it; in 'from' there are "
                    + names(OperationName::hasConsumer));
        }
    }

    private static String names(Predicate<OperationName> side) {
        return Arrays.stream(values()).filter(side).map(Enum::name).collect(Collectors.joining(", "));
    }
}
