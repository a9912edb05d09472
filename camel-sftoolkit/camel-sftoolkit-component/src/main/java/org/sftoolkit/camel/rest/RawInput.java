package org.sftoolkit.camel.rest;

import org.sftoolkit.camel.model.Upload;

/**
 * What a raw call sends.
 *
 * @param content     its body, or null
 * @param contentType media type of the body
 */
public record RawInput(Upload.Content content, String contentType) {}
