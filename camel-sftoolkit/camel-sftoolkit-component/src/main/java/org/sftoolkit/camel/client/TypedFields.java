package org.sftoolkit.camel.client;

import java.util.Map;

/**
 * A record as it is sent in a collection.
 *
 * @param type   the object's API name
 * @param fields what is sent of it, {@code attributes} not among them
 */
public record TypedFields(String type, Map<String, ?> fields) {}
