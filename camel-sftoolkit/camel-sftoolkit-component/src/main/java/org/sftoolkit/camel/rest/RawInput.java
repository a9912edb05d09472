package org.sftoolkit.camel.rest;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.Upload;

/**
 * What a raw call sends.
 *
 * @param content     its body, or null
 * @param contentType media type of the body; null without one
 */
public record RawInput(Upload.@Nullable Content content, @Nullable String contentType) {}
