package org.sftoolkit.camel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.NotFound;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.SaveMode;
import org.sftoolkit.camel.operation.SaveOptions;

/**
 * All options of the component and its endpoints, each declared once. A bean at the edge, for Camel's configurers; the rest of
 * the component works with the immutable records that it yields.
 */
@UriParams
@Configurer
public class SfToolkitConfiguration extends ConnectionConfiguration implements Cloneable {

    @UriParam(label = "advanced", defaultValue = "POOL")
    @Metadata(
            description =
                    "Where the route goes on after an answer: in a pool of Camel's (the thread pool profile sftoolkit"
                            + " sizes it), on Vert.x's worker threads, or on the event loop, for routes that certainly never block")
    private ContinueOn continueOn = ContinueOn.POOL;

    @UriParam(label = "advanced")
    @Metadata(description = "Whether exchanges are handled in order on the calling thread, which waits for Salesforce")
    private boolean synchronous;

    @UriParam(label = "producer", defaultValue = "5")
    @Metadata(description = "Requests that one exchange may have under way at a time; 1 sends one after the other")
    private int concurrency = 5;

    @UriParam(label = "producer")
    @Metadata(description = "Records a request. As many as Salesforce takes by default: 200 to write, 2,000 to read")
    private int batchSize;

    @UriParam(label = "producer")
    @Metadata(
            description = "Names of message headers, separated by commas, that are sent to Salesforce as headers of the"
                    + " request, such as Sforce-Auto-Assign")
    private String requestHeaders;

    @UriParam(label = "producer")
    @Metadata(description = "Names of fields to read, separated by commas. All that the user can see by default")
    private String fields;

    @UriParam(label = "producer")
    @Metadata(description = "Field that records are known by instead of their Id, such as External_ID__c")
    private String externalIdField;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "What a record that does not exist means. fetch and reload: FAIL (default for one), NULL in its place"
                            + " (default for many), SKIP; delete: FAIL (default) or IGNORE")
    private NotFound notFound;

    @UriParam(label = "producer", defaultValue = "AUTO")
    @Metadata(
            description = "How records are saved. AUTO decides for each: a value of externalIdField upserts, else an Id"
                    + " updates, else it is inserted")
    private SaveMode mode = SaveMode.AUTO;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether only fields that changed since the record was read are sent, and unchanged records not at"
                            + " all")
    private boolean onlyChanges;

    @UriParam(label = "producer")
    @Metadata(description = "Whether nothing may be created: a record that does not exist is an error")
    private boolean updateOnly;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether a list is saved or deleted as a whole or not at all. Holds for one request: a list that"
                            + " needs several is refused")
    private boolean allOrNone;

    @UriParam(label = "producer")
    @Metadata(description = "Whether saved records are read back into the objects they came from")
    private boolean reload;

    @UriParam(label = "producer")
    @Metadata(description = "Whether deleted records lose their Id")
    private boolean clearId;

    @UriParam(label = "producer", defaultValue = "RETURN")
    @Metadata(
            description = "What failed records of a list mean: RETURN gives the results and logs one line, FAIL raises"
                    + " PartialFailureException")
    private OnPartialFailure onPartialFailure = OnPartialFailure.RETURN;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Class of the records that are given out; any that Jackson can read. Without it they are SObjects,"
                            + " which are maps")
    private String type;

    @UriParam(label = "advanced")
    @Metadata(
            description =
                    "Options, separated by commas, that a message header may override, CamelSfToolkitMode for mode. None"
                            + " by default: headers may come from outside")
    private String allowHeaderOverride;

    /** A copy that shares nothing that changes. */
    public SfToolkitConfiguration copy() {
        try {
            return (SfToolkitConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /**
     * How an exchange is to be handled, validated.
     *
     * @param sObject the endpoint's object, or null
     * @param headers that are sent with each request
     */
    CallOptions callOptions(String sObject, Map<String, String> headers) {
        ConnectionSettings.requirePositive("concurrency", concurrency);
        ConnectionSettings.requireNotNegative("batchSize", batchSize);
        return new CallOptions(
                sObject,
                names(fields),
                externalIdField,
                notFound,
                concurrency,
                batchSize,
                headers,
                new SaveOptions(mode, onlyChanges, updateOnly, allOrNone, reload, clearId, onPartialFailure));
    }

    /** Names in a list that is separated by commas; empty for null. */
    static List<String> names(String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    public ContinueOn getContinueOn() {
        return continueOn;
    }

    public void setContinueOn(ContinueOn continueOn) {
        this.continueOn = continueOn;
    }

    public boolean isSynchronous() {
        return synchronous;
    }

    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public String getRequestHeaders() {
        return requestHeaders;
    }

    public void setRequestHeaders(String requestHeaders) {
        this.requestHeaders = requestHeaders;
    }

    public String getFields() {
        return fields;
    }

    public void setFields(String fields) {
        this.fields = fields;
    }

    public String getExternalIdField() {
        return externalIdField;
    }

    public void setExternalIdField(String externalIdField) {
        this.externalIdField = externalIdField;
    }

    public NotFound getNotFound() {
        return notFound;
    }

    public void setNotFound(NotFound notFound) {
        this.notFound = notFound;
    }

    public SaveMode getMode() {
        return mode;
    }

    public void setMode(SaveMode mode) {
        this.mode = mode;
    }

    public boolean isOnlyChanges() {
        return onlyChanges;
    }

    public void setOnlyChanges(boolean onlyChanges) {
        this.onlyChanges = onlyChanges;
    }

    public boolean isUpdateOnly() {
        return updateOnly;
    }

    public void setUpdateOnly(boolean updateOnly) {
        this.updateOnly = updateOnly;
    }

    public boolean isAllOrNone() {
        return allOrNone;
    }

    public void setAllOrNone(boolean allOrNone) {
        this.allOrNone = allOrNone;
    }

    public boolean isReload() {
        return reload;
    }

    public void setReload(boolean reload) {
        this.reload = reload;
    }

    public boolean isClearId() {
        return clearId;
    }

    public void setClearId(boolean clearId) {
        this.clearId = clearId;
    }

    public OnPartialFailure getOnPartialFailure() {
        return onPartialFailure;
    }

    public void setOnPartialFailure(OnPartialFailure onPartialFailure) {
        this.onPartialFailure = onPartialFailure;
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public String getAllowHeaderOverride() {
        return allowHeaderOverride;
    }

    public void setAllowHeaderOverride(String allowHeaderOverride) {
        this.allowHeaderOverride = allowHeaderOverride;
    }
}
