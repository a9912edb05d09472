package org.sftoolkit.camel.query;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.ReaderThread;

/**
 * The rows of a query as a stream. A row is available as soon as it has arrived. It holds only the current page and
 * {@code prefetch} pages ahead.
 *
 * <p>Only {@link #hasNext} and {@link #next} wait, on their caller's thread; they fail on an event loop. The second
 * page is requested after half of the first was read, so that a reader that stops early costs one call. A page that
 * fails is thrown to the reader after the rows before it. Thread-safe; close it to stop the reading.
 */
public final class RowStream implements Iterator<SObject>, Closeable {

    private final QueryPages pages;
    private final int prefetch;
    private final Promise<RowStream> opened = Promise.promise();
    private final Deque<QueryRow> waiting = new ArrayDeque<>();
    /** Counts of rows at which the pages end of which rows are waiting. */
    private final Deque<Long> pageEnds = new ArrayDeque<>();

    private final IdentityHashMap<QueryRow, Future<Void>> children = new IdentityHashMap<>();
    private long arrived;
    private long taken;
    private long firstPage = -1;
    private long totalSize = -1;
    private boolean furtherPages;
    private boolean reading;
    private boolean exhausted;
    private boolean drained;
    private boolean closed;
    private @Nullable Throwable failure;

    RowStream(QueryPages pages, int prefetch) {
        this.pages = pages;
        this.prefetch = prefetch;
    }

    /** Rows of the query, or of the first of several, as its first page announced them; negative if it has not. */
    public synchronized long totalSize() {
        return totalSize;
    }

    Future<RowStream> open() {
        advance();
        return opened.future();
    }

    /** Whether {@link #next} has a row or a failure; a splitter calls this before it uses its current row. */
    @Override
    public boolean hasNext() {
        advance();
        synchronized (this) {
            awaitRow();
            return !waiting.isEmpty() || failure != null || closed && !drained;
        }
    }

    @Override
    public SObject next() {
        advance();
        QueryRow row;
        synchronized (this) {
            awaitRow();
            throwFailure();
            row = waiting.poll();
            if (row == null) {
                throw new NoSuchElementException("the query has no further rows");
            }
            children.remove(row);
            taken++;
            dropReadPages();
        }
        advance();
        return row.record();
    }

    /** Stops the reading; what is still on its way is thrown away. */
    @Override
    public synchronized void close() {
        if (!closed) {
            drained = exhausted && failure == null && waiting.isEmpty();
            closed = true;
            waiting.clear();
            children.clear();
            notifyAll();
        }
    }

    /** Waits until it is known whether there is a row, its children included. */
    private void awaitRow() {
        while (!settled()) {
            ReaderThread.requireMayWait();
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for rows", e);
            }
        }
    }

    private void throwFailure() {
        Throwable broken = waiting.isEmpty() ? failure : failureOf(children.get(waiting.peek()));
        if (broken != null) {
            throw broken instanceof RuntimeException known ? known : new IllegalStateException(broken);
        }
        if (closed && !drained) {
            throw new IllegalStateException(
                    "the rows are no longer available: their stream was closed with its exchange");
        }
    }

    private boolean settled() {
        QueryRow head = waiting.peek();
        if (head == null) {
            return closed || failure != null || exhausted;
        }
        Future<Void> complete = children.get(head);
        return head.unfinished().isEmpty() || complete != null && complete.isComplete();
    }

    private static @Nullable Throwable failureOf(@Nullable Future<Void> done) {
        return done == null ? null : done.cause();
    }

    /** Begins what may be begun; called without the lock, for it sends. */
    private void advance() {
        boolean fetch;
        List<QueryRow> parents;
        synchronized (this) {
            fetch = mayFetch();
            reading |= fetch;
            parents = parentsInSight();
        }
        for (QueryRow parent : parents) {
            readChildren(parent);
        }
        if (fetch) {
            pages.next(new Arrivals()).onComplete(this::pageEnded);
        }
    }

    private boolean mayFetch() {
        boolean wanted = firstPage < 0 || furtherPages || 2 * taken >= firstPage;
        return wanted && !reading && !exhausted && failure == null && !closed && pageEnds.size() <= prefetch;
    }

    /** Rows near the head whose lists of children have to be read to their end. */
    private List<QueryRow> parentsInSight() {
        List<QueryRow> parents = List.of();
        int seen = 0;
        for (Iterator<QueryRow> rows = waiting.iterator(); rows.hasNext() && seen < ChildPages.LANES; seen++) {
            QueryRow row = rows.next();
            if (!row.unfinished().isEmpty() && !children.containsKey(row)) {
                children.put(row, Promise.<Void>promise().future());
                parents = parents.isEmpty() ? new ArrayList<>() : parents;
                parents.add(row);
            }
        }
        return parents;
    }

    private void readChildren(QueryRow parent) {
        pages.children().complete(parent.unfinished()).onComplete(done -> {
            synchronized (this) {
                children.replace(
                        parent, done.succeeded() ? Future.succeededFuture() : Future.failedFuture(done.cause()));
                notifyAll();
            }
        });
    }

    private void pageEnded(AsyncResult<Boolean> page) {
        synchronized (this) {
            reading = false;
            furtherPages = firstPage >= 0;
            firstPage = furtherPages ? firstPage : arrived;
            pageEnds.add(arrived);
            dropReadPages();
            failure = page.cause();
            exhausted = page.failed() || !page.result();
            notifyAll();
        }
        if (page.succeeded()) {
            opened.tryComplete(this);
        } else {
            opened.tryFail(page.cause());
        }
        advance();
    }

    private void dropReadPages() {
        while (!pageEnds.isEmpty() && pageEnds.peek() <= taken) {
            pageEnds.poll();
        }
    }

    private final class Arrivals implements RowSink {

        @Override
        public void total(long rows) {
            synchronized (RowStream.this) {
                totalSize = totalSize < 0 ? rows : totalSize;
            }
            opened.tryComplete(RowStream.this);
        }

        @Override
        public boolean begin() {
            synchronized (RowStream.this) {
                return !closed;
            }
        }

        @Override
        public boolean rows(List<QueryRow> rows) {
            boolean wanted;
            synchronized (RowStream.this) {
                wanted = !closed;
                if (wanted) {
                    arrived += rows.size();
                    waiting.addAll(rows);
                    RowStream.this.notifyAll();
                }
            }
            opened.tryComplete(RowStream.this);
            advance();
            return wanted;
        }
    }

    @Override
    public String toString() {
        return "RowStream";
    }
}
