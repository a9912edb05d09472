package org.sftoolkit.camel.operation;

/**
 * How files are stored.
 *
 * @param blobField   field that holds the file; null for the only one that the object has
 * @param fileName    name of an uploaded file that brings none; null for none
 * @param contentType media type of an uploaded file that brings none; null for none
 * @param linkTo      Id of the record that an uploaded file is attached to, or null
 */
public record FileOptions(String blobField, String fileName, String contentType, String linkTo) {}
