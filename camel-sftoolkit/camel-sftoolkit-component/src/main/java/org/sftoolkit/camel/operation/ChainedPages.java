package org.sftoolkit.camel.operation;

import java.io.IOException;
import org.sftoolkit.camel.client.BulkClient;

/**
 * Pages one after the other: each names the next.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm">Bulk API
 *      2.0 and Bulk API Developer Guide: Get Results for a Query Job</a>
 */
final class ChainedPages implements PageSequence {

    private static final int BUFFER = 1 << 20;

    private final BulkClient client;
    private final String jobId;
    private final int maxRecords;
    private String locator;
    private CsvPage page;

    /** @param locator where to begin; null for the first page */
    ChainedPages(BulkClient client, String jobId, String locator, int maxRecords) {
        this.client = client;
        this.jobId = jobId;
        this.locator = locator;
        this.maxRecords = maxRecords;
    }

    @Override
    public CsvPage next() throws IOException {
        if (page != null) {
            String next = page.headers().get("Sforce-Locator");
            page.close();
            if (next == null || next.isBlank() || next.equals("null")) {
                return null;
            }
            locator = next;
        }
        String at = locator;
        page = new CsvPage(() -> client.queryResults(jobId, at, maxRecords, BUFFER), -1).begin();
        return page;
    }

    @Override
    public String locator() {
        return locator;
    }

    @Override
    public void close() {
        if (page != null) {
            page.close();
        }
    }
}
