package org.sftoolkit.camel.operation;

import java.util.function.Supplier;

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
    query(QueryOperation::new),
    /** Records or CSV through bulk jobs. */
    bulk(BulkOperation::new),
    /** The rows of a query through a bulk job. */
    bulkQuery(BulkQueryOperation::new),
    /** Existing bulk jobs. */
    bulkJob(BulkJobOperation::new);

    private final Supplier<Operation<?>> producer;

    OperationName(Supplier<Operation<?>> producer) {
        this.producer = producer;
    }

    /** The operation, for use in a producer. */
    public Operation<?> create() {
        return producer.get();
    }
}
