package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Sink;
import org.sftoolkit.camel.transport.SinkStream;

/**
 * Parses a page while it arrives. Never holds the bytes back: a page is the unit in which a slow reader is waited for, so that
 * no connection stays open because of one.
 */
final class PageSink implements Sink {

    /** Rows may be large, and pages are many. */
    private static final int MOST_EXPECTED = 1 << 17;

    private final Request request;
    private final RowSink rows;
    private final AtomicInteger pageBytes;
    private @Nullable PageEnd end;
    private boolean opened;

    /** @param pageBytes what the pages of the query had to hold at a time so far */
    PageSink(Request request, RowSink rows, AtomicInteger pageBytes) {
        this.request = request;
        this.rows = rows;
        this.pageBytes = pageBytes;
    }

    /** What the page said; null if the rest of it was not wanted. Fails if the answer held no page at all. */
    Future<PageEnd> end(int status) {
        return opened
                ? Future.succeededFuture(end)
                : Future.failedFuture(unreadable(status, new IOException("the response is empty")));
    }

    @Override
    public WriteStream<Buffer> open(int status, MultiMap headers) {
        end = null;
        opened = true;
        return new Page(status, rows.begin());
    }

    /** A page of a proxy, or of Salesforce's edge, is not a page of rows. */
    @Override
    public boolean accepts(int status, MultiMap headers) {
        String type = headers.get("Content-Type");
        return type == null || !type.startsWith("text/html");
    }

    @Override
    public boolean reopens() {
        return true;
    }

    /** A page that is in memory already. */
    Future<Void> take(int status, MultiMap headers, byte[] whole) {
        WriteStream<Buffer> page = open(status, headers);
        return page.write(Buffer.buffer(whole)).compose(written -> page.end());
    }

    private UnreadableResponseException unreadable(int status, Exception why) {
        return new UnreadableResponseException(
                "a page of the query cannot be read",
                true,
                new Answer(status, List.of(), request.line()),
                ApiJson.withoutSource(why));
    }

    private final class Page extends SinkStream {

        private final PageParser parser = new PageParser(pageBytes.get());
        private final int status;
        private boolean wanted;
        private boolean told;

        private Page(int status, boolean wanted) {
            this.status = status;
            this.wanted = wanted;
        }

        @Override
        public Future<Void> write(Buffer data) {
            // what is not wanted any more is read to its end all the same: that keeps the connection for the next call
            try {
                if (wanted) {
                    var some = parser.feed(data);
                    tell(parser.announced());
                    wanted = some.isEmpty() || rows.rows(some);
                }
                return Future.succeededFuture();
            } catch (IOException | IllegalStateException e) {
                return Future.failedFuture(unreadable(status, e));
            }
        }

        private void tell(long total) {
            if (!told && total >= 0) {
                told = true;
                rows.total(total);
            }
        }

        @Override
        protected Future<Void> ended() {
            pageBytes.accumulateAndGet(Math.min(parser.largest(), MOST_EXPECTED), Math::max);
            try {
                end = wanted ? parser.end() : null;
                tell(end == null ? -1 : end.totalSize());
            } catch (IOException e) {
                return Future.failedFuture(unreadable(status, e));
            }
            String defect = end == null ? null : rows.defect(end);
            return defect == null
                    ? Future.succeededFuture()
                    : Future.failedFuture(new UnreadableResponseException(
                            "a page of the query " + defect,
                            true,
                            new Answer(status, List.of(), request.line()),
                            null));
        }
    }
}
