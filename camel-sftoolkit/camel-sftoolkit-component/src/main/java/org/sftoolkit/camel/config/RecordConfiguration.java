package org.sftoolkit.camel.config;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.sftoolkit.camel.operation.NotFound;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.RecordOptions;
import org.sftoolkit.camel.operation.SaveMode;

/** Options of the operations on records: fetch, reload, save, delete. */
@UriParams
public abstract class RecordConfiguration extends WriteConfiguration {

    @UriParam(label = "producer")
    @Metadata(description = "Field that records are known by instead of their Id, such as External_ID__c")
    private String externalIdField;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "What a record that does not exist means. fetch and reload: FAIL (default for one), NULL in its"
                            + " place (default for many), SKIP; delete: FAIL (default) or IGNORE")
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
                    "fetch of one record: read it only where it changed since this instant, as in 2026-01-31T12:00:00Z;"
                            + " else the body is null")
    private String ifModifiedSince;

    @UriParam(label = "producer")
    @Metadata(
            description = "fetch, save and delete of one record: only where it has not changed since this instant, else"
                    + " PreconditionFailedException")
    private String ifUnmodifiedSince;

    public String getIfModifiedSince() {
        return ifModifiedSince;
    }

    public void setIfModifiedSince(String ifModifiedSince) {
        this.ifModifiedSince = ifModifiedSince;
    }

    public String getIfUnmodifiedSince() {
        return ifUnmodifiedSince;
    }

    public void setIfUnmodifiedSince(String ifUnmodifiedSince) {
        this.ifUnmodifiedSince = ifUnmodifiedSince;
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

    /** These options as operations take them. */
    public RecordOptions recordOptions() {
        return new RecordOptions(
                externalIdField,
                notFound,
                mode,
                onlyChanges,
                updateOnly,
                allOrNone,
                reload,
                clearId,
                onPartialFailure,
                instant("ifModifiedSince", ifModifiedSince),
                instant("ifUnmodifiedSince", ifUnmodifiedSince),
                writeOptions());
    }

    private static Instant instant(String option, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + "=" + text + ": it is an instant, as in 2026-01-31T12:00:00Z", e);
        }
    }
}
