package org.sftoolkit.camel.query;

import java.util.Map;
import org.sftoolkit.camel.client.Paths;

/**
 * A statement and how it is asked.
 *
 * @param soql           the statement, its values bound
 * @param includeDeleted whether deleted and archived rows are read too
 * @param tooling        whether the Tooling API is asked
 * @param batchSize      most rows a page; 0 for Salesforce's default
 * @param headers        further headers of each request
 */
public record QueryRequest(
        String soql, boolean includeDeleted, boolean tooling, int batchSize, Map<String, String> headers) {

    /** A statement over business records that are not deleted. */
    public static QueryRequest of(String soql) {
        return new QueryRequest(soql, false, false, 0, Map.of());
    }

    /** Another statement, asked in the same way. */
    public QueryRequest with(String statement) {
        return new QueryRequest(statement, includeDeleted, tooling, batchSize, headers);
    }

    /** Path below the API version. */
    String path() {
        return (tooling ? "/tooling" : "") + (includeDeleted ? "/queryAll" : "/query") + "?q=" + Paths.query(soql);
    }
}
