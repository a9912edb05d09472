package org.sftoolkit.camel.bulk;

import io.vertx.core.MultiMap;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
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
    private @Nullable String locator;
    private volatile @Nullable ResumableCsv page;
    private volatile boolean closed;

    /** @param locator start; null for the first page */
    ChainedPages(QueryPageSource source, @Nullable String locator, int maxRecords) {
        this.source = source;
        this.locator = locator;
        this.maxRecords = maxRecords;
        this.chain = source.chain();
        if (locator != null) {
            chain.follow(locator, 0);
        }
    }

    @Override
    public @Nullable ResumableCsv next() throws IOException {
        ResumableCsv before = page;
        if (before != null) {
            String next = QueryPageCheck.locator(before.headers());
            before.close();
            if (next == null) {
                return null;
            }
            source.follow(chain, next, before.rows());
            locator = next;
        }
        ResumableCsv begun =
                source.page(locator, maxRecords, this::isLast, before == null).begin();
        page = begun;
        if (closed) {
            begun.close();
        }
        return begun;
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
    public @Nullable String locator() {
        return locator;
    }

    @Override
    public void close() {
        closed = true;
        ResumableCsv reading = page;
        if (reading != null) {
            reading.close();
        }
    }
}
