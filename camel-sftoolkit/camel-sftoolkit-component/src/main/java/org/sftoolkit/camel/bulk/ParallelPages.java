package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.PageChain;
import org.sftoolkit.camel.transport.ReaderThread;

/**
 * Pages of which several are on their way at once, each with a bounded number of bytes; given out in order.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_parallel_results.htm">Bulk
 *      API 2.0 and Bulk API Developer Guide: Get Parallel Results for a Query Job</a>
 */
final class ParallelPages implements PageSequence {

    private record Begun(String locator, ResumableCsv page) {}

    private final QueryPageSource source;
    private final int most;
    private final PageChain pages;
    private final PageChain lists;
    private final Deque<String> known = new ConcurrentLinkedDeque<>();
    private final Deque<Begun> begun = new ConcurrentLinkedDeque<>();
    /** The next list of pages, on its way; null if there is no other. */
    private @Nullable Future<ResultPages> further;

    private volatile @Nullable Begun current;
    private boolean started;
    private volatile boolean closed;

    /**
     * @param first the first pages
     * @param most  pages on their way at a time
     */
    ParallelPages(QueryPageSource source, ResultPages first, int most) throws IOException {
        this.source = source;
        this.most = most;
        this.pages = source.chain();
        this.lists = source.chain();
        take(first);
    }

    @Override
    public @Nullable ResumableCsv next() throws IOException {
        Begun before = current;
        if (before != null) {
            before.page().close();
            current = null;
        }
        fill();
        Begun next = begun.poll();
        current = next;
        fill();
        return next == null ? null : next.page();
    }

    private void fill() throws IOException {
        while (begun.size() + (current == null ? 0 : 1) < most) {
            boolean reading = current != null || !begun.isEmpty();
            if (known.isEmpty() && reading && (further == null || !further.isComplete())) {
                return; // there is enough to read meanwhile
            }
            if (known.isEmpty() && !takeFurther()) {
                return;
            }
            String locator = known.poll();
            if (locator != null) {
                source.follow(pages, locator, 1);
                var next = new Begun(
                        locator, source.page(locator, 0, this::isLast, !started).begin());
                begun.add(next);
                started = true;
                if (closed) {
                    next.page().close();
                }
            }
        }
    }

    private boolean takeFurther() throws IOException {
        if (further == null) {
            return false;
        }
        take(ReaderThread.await(further));
        return true;
    }

    /** The list of pages may end before the pages do: the last one still names its successor. */
    private boolean isLast(MultiMap headers, boolean whole) throws IOException {
        while (begun.isEmpty() && known.isEmpty() && takeFurther()) {
            // a list may be empty
        }
        if (!begun.isEmpty() || !known.isEmpty()) {
            return false;
        }
        String next = whole ? null : QueryPageCheck.locator(headers);
        if (next != null) {
            known.add(next);
        }
        return next == null;
    }

    private void take(ResultPages list) throws IOException {
        known.addAll(list.locators());
        further = null;
        if (list.next() != null) {
            source.follow(lists, list.next(), list.locators().size());
            further = source.client().resultPages(source.jobId(), list.next());
        }
    }

    @Override
    public @Nullable String locator() {
        Begun reading = current;
        return reading == null ? null : reading.locator();
    }

    @Override
    public void close() {
        closed = true;
        Begun reading = current;
        if (reading != null) {
            reading.page().close();
        }
        begun.forEach(page -> page.page().close());
    }
}
