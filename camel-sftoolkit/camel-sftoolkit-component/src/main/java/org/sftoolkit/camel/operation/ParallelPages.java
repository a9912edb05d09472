package org.sftoolkit.camel.operation;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.sftoolkit.camel.client.BulkClient;
import org.sftoolkit.camel.client.ResultPages;

/**
 * Pages of which several are on their way at once, each with a bounded number of bytes; given out in order.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_parallel_results.htm">Bulk
 *      API 2.0 and Bulk API Developer Guide: Get Parallel Results for a Query Job</a>
 */
final class ParallelPages implements PageSequence {

    private static final int BUFFER = 1 << 20;

    private record Begun(String locator, CsvPage page) {}

    private final BulkClient client;
    private final String jobId;
    private final int most;
    private final Deque<String> known = new ArrayDeque<>();
    private final Deque<Begun> begun = new ArrayDeque<>();
    private Future<ResultPages> further;
    private Begun current;

    /**
     * @param first the first pages
     * @param most  pages on their way at a time
     */
    ParallelPages(BulkClient client, String jobId, ResultPages first, int most) {
        this.client = client;
        this.jobId = jobId;
        this.most = most;
        take(first);
    }

    @Override
    public CsvPage next() throws IOException {
        if (current != null) {
            current.page().close();
            current = null;
        }
        fill();
        current = begun.poll();
        fill();
        return current == null ? null : current.page();
    }

    private void fill() throws IOException {
        while (begun.size() + (current == null ? 0 : 1) < most) {
            boolean reading = current != null || !begun.isEmpty();
            if (known.isEmpty() && reading && (further == null || !further.isComplete())) {
                return; // there is enough to read meanwhile
            }
            if (known.isEmpty()) {
                if (further == null) {
                    return;
                }
                take(await(further));
                continue;
            }
            String locator = known.poll();
            begun.add(
                    new Begun(locator, new CsvPage(() -> client.queryResults(jobId, locator, 0, BUFFER), -1).begin()));
        }
    }

    private void take(ResultPages pages) {
        known.addAll(pages.locators());
        further = pages.next() == null ? null : client.resultPages(jobId, pages.next());
    }

    private static <T> T await(Future<T> future) throws IOException {
        if (!future.isComplete()) {
            if (Context.isOnEventLoopThread()) {
                throw new IllegalStateException(
                        "reading on would block an event loop: a route that reads a stream needs"
                                + " continueOn=POOL or WORKER");
            }
            var done = new CountDownLatch(1);
            future.onComplete(answer -> done.countDown());
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for an answer", e);
            }
        }
        if (future.failed()) {
            throw new IOException(future.cause().getMessage(), future.cause());
        }
        return future.result();
    }

    @Override
    public String locator() {
        return current == null ? null : current.locator();
    }

    @Override
    public void close() {
        if (current != null) {
            current.page().close();
        }
        begun.forEach(page -> page.page().close());
        begun.clear();
        known.clear();
        further = null;
    }
}
