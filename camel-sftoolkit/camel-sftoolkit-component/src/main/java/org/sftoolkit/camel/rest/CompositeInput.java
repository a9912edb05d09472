package org.sftoolkit.camel.rest;

import java.util.Map;

/**
 * The body of a composite request.
 *
 * @param body as Salesforce takes it; its paths may leave out the API version
 */
public record CompositeInput(Map<String, Object> body) {}
