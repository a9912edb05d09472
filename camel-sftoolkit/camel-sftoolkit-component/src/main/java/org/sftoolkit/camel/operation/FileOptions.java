package org.sftoolkit.camel.operation;

/**
 * How files are stored.
 *
 * @param blobField field that holds the file; null for the only one that the object has
 * @param fileName name of an uploaded file that without one of its own, or nullparam contentType media type of an
 *     uploaded file without one of its own, or null
 * @param linkTo Id of the record that an uploaded file is attached to, or null
 */
public record FileOptions(String blobField, String fileName, String contentType, String linkTo) {}
