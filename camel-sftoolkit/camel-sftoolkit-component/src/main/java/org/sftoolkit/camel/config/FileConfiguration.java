package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.FileOptions;

/** Options of the operations on files: upload, download. */
@UriParams
public abstract class FileConfiguration extends RecordConfiguration {

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "upload, download: field that contains the file, such as VersionData. By default the only such"
                            + " field of the object")
    private @Nullable String blobField;

    @UriParam(label = "producer")
    @Metadata(description = "upload: name of the file if the header CamelFileName is not set")
    private @Nullable String fileName;

    @UriParam(label = "producer")
    @Metadata(description = "upload: media type of the file; by default from the header Content-Type")
    private @Nullable String contentType;

    @UriParam(label = "producer")
    @Metadata(
            description =
                    "upload: Id of the record that the file is attached to. The header CamelSfToolkitLinkTo overrides"
                            + " it")
    private @Nullable String linkTo;

    public @Nullable String getBlobField() {
        return blobField;
    }

    public void setBlobField(String blobField) {
        this.blobField = blobField;
    }

    public @Nullable String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public @Nullable String getContentType() {
        return contentType;
    }

    public void setContentType(String contentType) {
        this.contentType = contentType;
    }

    public @Nullable String getLinkTo() {
        return linkTo;
    }

    public void setLinkTo(String linkTo) {
        this.linkTo = linkTo;
    }

    /** These options as operations take them. */
    public FileOptions fileOptions() {
        return new FileOptions(blobField, fileName, contentType, linkTo);
    }
}
