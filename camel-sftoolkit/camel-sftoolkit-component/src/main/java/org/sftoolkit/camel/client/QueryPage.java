package org.sftoolkit.camel.client;

import java.util.List;
import org.sftoolkit.camel.model.SObject;

/**
 * One page of a query's rows.
 *
 * @param totalSize rows of the whole query
 * @param records   rows of this page
 * @param next      path of the next page, or null
 */
public record QueryPage(long totalSize, List<SObject> records, String next) {}
