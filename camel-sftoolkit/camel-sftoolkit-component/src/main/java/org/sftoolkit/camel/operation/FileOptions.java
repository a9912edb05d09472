package org.sftoolkit.camel.operation;

import org.jspecify.annotations.Nullable;

/**
 * How files are stored.
 *
 * @param blobField field that holds the file; null for the only one that the object has
 * @param fileName name of an uploaded file that has no name of its own, or null
 * @param contentType media type of an uploaded file that has no type of its own, or null
 * @param linkTo Id of the record that an uploaded file is attached to, or null
 */
public record FileOptions(
        @Nullable String blobField, @Nullable String fileName, @Nullable String contentType, @Nullable String linkTo) {}
