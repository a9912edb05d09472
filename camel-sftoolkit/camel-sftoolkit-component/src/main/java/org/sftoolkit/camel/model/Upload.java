package org.sftoolkit.camel.model;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file to upload, as input of an operation.
 *
 * @param content what is in it
 * @param id of the record whose file is replaced; null for a new record
 * @param record the record's other fields, or null
 * @param fileName its name, or null
 * @param contentType its media type, or null
 * @param linkTo Id of the record that it is attached to, or null
 */
public record Upload(
        Content content,
        @Nullable String id,
        @Nullable SourceRecord record,
        @Nullable String fileName,
        @Nullable String contentType,
        @Nullable String linkTo) {

    /**
     * Content of a file.
     *
     * @param length number of bytes, or -1 if not known
     * @param repeatable whether it can be opened more than once
     * @param source opens it
     */
    public record Content(long length, boolean repeatable, Source source) {}

    /** Opens content; may block. */
    @FunctionalInterface
    public interface Source {

        /** The content from its start; closed by who opened it. */
        InputStream open() throws IOException;
    }
}
