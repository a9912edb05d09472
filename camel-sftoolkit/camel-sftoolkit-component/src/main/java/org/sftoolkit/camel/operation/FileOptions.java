package org.sftoolkit.camel.operation;

/**
 * How files are stored.
 *
 * @param blobField field that holds the file; null for the only one that the object has
 * @param fileName name of an uploaded file that has no name of its own, or null
 * @param contentType media type of an uploaded file that has no type of its own, or null
 * @param linkTo Id of the record that an uploaded file is attached to, or null
 */
public record FileOptions(String blobField, String fileName, String contentType, String linkTo) {}
