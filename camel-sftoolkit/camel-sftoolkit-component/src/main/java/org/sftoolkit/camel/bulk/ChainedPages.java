package org.sftoolkit.camel.bulk;

import io.vertx.core.MultiMap;
import java.io.IOException;
import org.sftoolkit.camel.client.PageChain;

/**
 * Pages one after the other: each names the next.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm">Bulk API
 *      2.0 and Bulk API Developer Guide: Get Results for a Query Job</a>
 */
final class ChainedPages implements PageSequence {

    private final QueryPageSource source;
    private final int maxRecords;
    private final PageChain chain;
    private String locator;
    private volatile ResumableCsv page;
    private volatile boolean closed;

    /** @param locator start; null for the first page */
    ChainedPages(QueryPageSource source, String locator, int maxRecords) {
        this.source = source;
        this.locator = locator;
        this.maxRecords = maxRecords;
        this.chain = source.chain();
        if (locator != null) {
            chain.follow(locator, 0);
        }
    }

    @Override
    public ResumableCsv next() throws IOException {
        if (page != null) {
            String next = QueryPageCheck.locator(page.headers());
            page.close();
            if (next == null) {
                return null;
            }
            source.follow(chain, next, page.rows());
            locator = next;
        }
        boolean first = page == null;
        page = source.page(locator, maxRecords, this::isLast, first).begin();
        if (closed) {
            page.close();
        }
        return page;
    }

    private boolean isLast(MultiMap headers, boolean whole) throws IOException {
        if (headers.get("Sforce-Locator") == null && !whole) {
            throw new IOException("the answer does not say whether another page follows (it has no Sforce-Locator)");
        }
        String next = QueryPageCheck.locator(headers);
        if (next != null && chain.knows(next)) {
            throw new IOException("the answer names a page that was read before as the next one: " + next);
        }
        return next == null;
    }

    @Override
    public String locator() {
        return locator;
    }

    @Override
    public void close() {
        closed = true;
        if (page != null) {
            page.close();
        }
    }
}
