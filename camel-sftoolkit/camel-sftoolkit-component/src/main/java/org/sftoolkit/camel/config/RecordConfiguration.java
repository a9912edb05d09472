package org.sftoolkit.camel.config;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.NotFound;
import org.sftoolkit.camel.operation.OnPartialFailure;
import org.sftoolkit.camel.operation.RecordOptions;
import org.sftoolkit.camel.operation.SaveMode;

/** Options of the operations on records: fetch, reload, save, delete. */
@UriParams
public abstract class RecordConfiguration extends WriteConfiguration {

    @UriParam(label = "producer")
    @Metadata(description = "Field that identifies records instead of their Id, such as External_ID__c")
    private @Nullable String externalIdField;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Result for a record that does not exist. fetch and reload: FAIL (default for one), NULL in its"
                            + " place (default for many), SKIP; delete: FAIL (default) or IGNORE")
    private @Nullable NotFound notFound;

    @UriParam(label = "producer", defaultValue = "AUTO")
    @Metadata(
            description = "How records are saved. AUTO decides for each record: one with a value of externalIdField is"
                    + " upserted, else one with an Id is updated, else it is inserted")
    private SaveMode mode = SaveMode.AUTO;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether to send only the fields that changed since the record was read, and to skip unchanged"
                            + " records")
    private boolean onlyChanges;

    @UriParam(label = "producer")
    @Metadata(description = "Whether to update existing records only: a record that does not exist is an error")
    private boolean updateOnly;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "Whether a list is saved or deleted as a whole or not at all. This works within one request only:"
                            + " a list that needs several is refused")
    private boolean allOrNone;

    @UriParam(label = "producer")
    @Metadata(description = "Whether saved records are read back into the objects of the body")
    private boolean reload;

    @UriParam(label = "producer")
    @Metadata(description = "Whether the Id is removed from deleted records")
    private boolean clearId;

    @UriParam(label = "producer", defaultValue = "RETURN")
    @Metadata(
            description =
                    "Reaction to failed records of a list: RETURN returns the results and logs one line, FAIL throws"
                            + " PartialFailureException")
    private OnPartialFailure onPartialFailure = OnPartialFailure.RETURN;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "fetch of one record: read it only if it changed since this instant, such as 2026-01-31T12:00:00Z;"
                            + " else the body is null")
    private @Nullable String ifModifiedSince;

    @UriParam(label = "producer")
    @Metadata(
            description = "fetch, save and delete of one record: only if it has not changed since this instant, else"
                    + " PreconditionFailedException")
    private @Nullable String ifUnmodifiedSince;

    public @Nullable String getIfModifiedSince() {
        return ifModifiedSince;
    }

    public void setIfModifiedSince(String ifModifiedSince) {
        this.ifModifiedSince = ifModifiedSince;
    }

    public @Nullable String getIfUnmodifiedSince() {
        return ifUnmodifiedSince;
    }

    public void setIfUnmodifiedSince(String ifUnmodifiedSince) {
        this.ifUnmodifiedSince = ifUnmodifiedSince;
    }

    public @Nullable String getExternalIdField() {
        return externalIdField;
    }

    public void setExternalIdField(String externalIdField) {
        this.externalIdField = externalIdField;
    }

    public @Nullable NotFound getNotFound() {
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

    private static @Nullable Instant instant(String option, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + "=" + text + " is not an instant: use a time such as 2026-01-31T12:00:00Z", e);
        }
    }
}
