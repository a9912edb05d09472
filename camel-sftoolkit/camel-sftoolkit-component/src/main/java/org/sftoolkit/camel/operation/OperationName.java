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
    /** Records or CSV through bulk jobs. */
    bulk(BulkOperation::new),
    /** The rows of a query through a bulk job. */
    bulkQuery(BulkQueryOperation::new),
    /** Existing bulk jobs. */
    bulkJob(BulkJobOperation::new),
    /** The rows of a SOQL query. */
    query(QueryOperation::new),
    /** What a full-text search finds. */
    search(SearchOperation::new),
    /** What the org tells of one object, or of all. */
    describe(DescribeOperation::new),
    /** Limits of the org, or about how many records an object has. */
    limits(LimitsOperation::new),
    /** API versions of the org. */
    versions(VersionsOperation::new),
    /** The user that the connection is logged in as. */
    userInfo(UserInfoOperation::new),
    /** Several requests in one. */
    composite(CompositeOperation::new),
    /** Any REST resource, Apex REST and Tooling included. */
    raw(RawOperation::new);

    private final Supplier<Operation<?>> producer;

    OperationName(Supplier<Operation<?>> producer) {
        this.producer = producer;
    }

    /** The operation, for use in a producer. */
    public Operation<?> create() {
        return producer.get();
    }
}
