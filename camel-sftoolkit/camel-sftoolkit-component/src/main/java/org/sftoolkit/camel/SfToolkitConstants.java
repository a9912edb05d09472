package org.sftoolkit.camel;

import org.apache.camel.spi.Metadata;
import org.sftoolkit.camel.body.ResultText;

/** Headers that the component reads and sets. */
public final class SfToolkitConstants {

    @Metadata(
            label = "producer",
            description =
                    "Id of the record, or external id if externalIdField is set. If the route sets it, fetch, delete,"
                            + " download and upload read it instead of the body. Consumers and operations on one record"
                            + " set it too: such an Id only stands in for a body that holds no record and no Id",
            javaType = "Object")
    public static final String ID = "CamelSfToolkitId";

    @Metadata(label = "producer", description = "Whether saving one record created it (save)", javaType = "Boolean")
    public static final String CREATED = "CamelSfToolkitCreated";

    @Metadata(
            label = "producer",
            description = "Records of a list that were saved or deleted, unchanged ones included (save, delete)",
            javaType = "Integer")
    public static final String SUCCEEDED = "CamelSfToolkitSucceeded";

    @Metadata(
            label = "producer",
            description =
                    "Number of rows that Salesforce announced for the query, set before the rows are read (query)",
            javaType = "Long")
    public static final String TOTAL_SIZE = "CamelSfToolkitTotalSize";

    @Metadata(label = "producer", description = "Records of a list that failed (save, delete)", javaType = "Integer")
    public static final String FAILED = "CamelSfToolkitFailed";

    @Metadata(
            label = "producer",
            description =
                    "The records of a list that failed, as they were given, ready to be sent again (save, delete)",
            javaType = "java.util.List")
    public static final String FAILED_RECORDS = "CamelSfToolkitFailedRecords";

    @Metadata(
            label = "producer",
            description = "Id of the bulk job; a list of ids if there were several. Set by bulk and bulkQuery, read by"
                    + " bulkJob",
            javaType = "Object")
    public static final String JOB_ID = "CamelSfToolkitJobId";

    @Metadata(
            label = "producer",
            description = "Name of the load, unique in its job store; overrides loadName (bulk, bulkQuery, save with"
                    + " via=BULK)",
            javaType = "String")
    public static final String LOAD_NAME = "CamelSfToolkitLoadName";

    @Metadata(
            label = "consumer",
            description = "Name of the load that the job belongs to, if it has one (jobs)",
            javaType = "String")
    public static final String LOAD = "CamelSfToolkitLoad";

    @Metadata(
            label = "consumer",
            description = "State in which the job has ended: JobComplete, Failed or Aborted (jobs)",
            javaType = "String")
    public static final String JOB_STATE = "CamelSfToolkitJobState";

    @Metadata(
            label = "consumer",
            description = "Number of the page, from 1, of a bulk query with partition=true (jobs)",
            javaType = "Integer")
    public static final String PAGE = "CamelSfToolkitPage";

    @Metadata(
            label = "producer",
            description =
                    "API that a list was saved through, REST or BULK, if via=AUTO (save). REST; reason=... if the org"
                            + " has no more bulk jobs to give (save, bulk, bulkQuery)",
            javaType = "String")
    public static final String VIA = "CamelSfToolkitVia";

    @Metadata(
            label = "producer",
            description = "Number of API calls that the exchange used, including retries (all operations)",
            javaType = "Integer")
    public static final String REQUESTS = "CamelSfToolkitRequests";

    @Metadata(
            label = "producer",
            description = "API calls of the org in the last 24 hours and their limit, as in 18/5000 (all operations)",
            javaType = "String")
    public static final String API_USAGE = "CamelSfToolkitApiUsage";

    @Metadata(
            label = "producer",
            description = "The other fields of the record that a file is uploaded with: a map, SObject, bean or JSON"
                    + " (upload)",
            javaType = "Object")
    public static final String RECORD = "CamelSfToolkitRecord";

    @Metadata(
            label = "producer",
            description = "Id of the record that an uploaded file is attached to, instead of linkTo (upload)",
            javaType = "String")
    public static final String LINK_TO = "CamelSfToolkitLinkTo";

    @Metadata(
            label = "consumer",
            description = "Object of the records, or name of the event (query, changes, subscribe)",
            javaType = "String")
    public static final String SOBJECT = "CamelSfToolkitSObject";

    @Metadata(
            label = "consumer",
            description =
                    "Value of the watermark field of the polled record, or of the last one of a list, as an ISO 8601"
                            + " instant (query, changes)",
            javaType = "String")
    public static final String WATERMARK = "CamelSfToolkitWatermark";

    @Metadata(
            label = "consumer",
            description = "Kind of change of the record: CREATED, UPDATED or DELETED (query, changes, subscribe), or"
                    + " UNDELETED (subscribe); of a list of subscribe those of its records in their order, separated by"
                    + " commas",
            javaType = "String")
    public static final String CHANGE = "CamelSfToolkitChange";

    @Metadata(label = "consumer", description = "Channel on which the event came (subscribe)", javaType = "String")
    public static final String CHANNEL = "CamelSfToolkitChannel";

    @Metadata(
            label = "consumer",
            description = "Place of the event in its channel, in Base64 (subscribe, publish)",
            javaType = "String")
    public static final String REPLAY_ID = "CamelSfToolkitReplayId";

    @Metadata(label = "consumer", description = "Id of the event (subscribe, publish)", javaType = "String")
    public static final String EVENT_ID = "CamelSfToolkitEventId";

    @Metadata(label = "consumer", description = "Id of the schema of the event (subscribe)", javaType = "String")
    public static final String SCHEMA_ID = "CamelSfToolkitSchemaId";

    @Metadata(
            label = "consumer",
            description = "When the change was committed or the event published, as an ISO 8601 instant (subscribe)",
            javaType = "String")
    public static final String COMMIT_TIME = "CamelSfToolkitCommitTime";

    @Metadata(label = "consumer", description = "Id of the user who made the change (subscribe)", javaType = "String")
    public static final String COMMIT_USER = "CamelSfToolkitCommitUser";

    @Metadata(
            label = "consumer",
            description = "Fields that an update changed, separated by commas (subscribe)",
            javaType = "String")
    public static final String CHANGED_FIELDS = "CamelSfToolkitChangedFields";

    @Metadata(
            label = "consumer",
            description = "Fields that lost their value, separated by commas (subscribe)",
            javaType = "String")
    public static final String NULLED_FIELDS = "CamelSfToolkitNulledFields";

    @Metadata(
            label = "consumer",
            description = "Fields of long text whose value came as a difference, separated by commas (subscribe)",
            javaType = "String")
    public static final String DIFF_FIELDS = "CamelSfToolkitDiffFields";

    @Metadata(
            label = "consumer",
            description = "What made the change, such as com/salesforce/api/rest/66.0;client=acme (subscribe)",
            javaType = "String")
    public static final String CHANGE_ORIGIN = "CamelSfToolkitChangeOrigin";

    @Metadata(
            label = "consumer",
            description = "Key of the transaction that made the change (subscribe)",
            javaType = "String")
    public static final String TRANSACTION_KEY = "CamelSfToolkitTransactionKey";

    @Metadata(
            label = "consumer",
            description = "Number of the change within its transaction, from 1 (subscribe)",
            javaType = "Integer")
    public static final String SEQUENCE_NUMBER = "CamelSfToolkitSequenceNumber";

    @Metadata(
            label = "consumer",
            description =
                    "Why the values did not come with the event, such as GAP_UPDATE; absent if they did (subscribe)",
            javaType = "String")
    public static final String GAP = "CamelSfToolkitGap";

    @Metadata(
            label = "consumer",
            description = "Schema of the event, as JSON (subscribe with eventFormat=AVRO)",
            javaType = "String")
    public static final String SCHEMA = "CamelSfToolkitSchema";

    @Metadata(
            label = "consumer",
            description = "Number of the part, from 1, of a transaction that is delivered in several, because it"
                    + " changed more than 1,000 records (subscribe with outputType=TRANSACTION)",
            javaType = "Integer")
    public static final String PART = "CamelSfToolkitPart";

    @Metadata(
            label = "producer",
            description =
                    "Names of the columns, in their order, if records become CSV because the Content-Type is text/csv"
                            + " and a step asks for text, as in Id,Name,Owner.Name. By default the fields of the query,"
                            + " else those of the first record",
            javaType = "String")
    public static final String COLUMNS = ResultText.COLUMNS;

    /** Prefix of all headers of the component. Camel's HTTP components never accept such headers from outside. */
    static final String PREFIX = "CamelSfToolkit";

    private SfToolkitConstants() {}
}
