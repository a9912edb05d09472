package org.sftoolkit.camel;

import io.vertx.core.Context;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.SynchronizationAdapter;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.poll.Batch;
import org.sftoolkit.camel.poll.DeliveredLog;
import org.sftoolkit.camel.poll.PolledRecord;
import org.sftoolkit.camel.poll.Progress;

/**
 * The records of a window as they are read, one page at a time. When its exchange has succeeded the position passes what was read
 * of it; what was not read comes again. Waits on its reader's thread and refuses to on an event loop.
 */
final class PolledStream implements Iterator<Object>, ReadOnce, Closeable {

    private final SfToolkitConsumer consumer;
    private final PolledSource source;
    private final Progress progress;
    private final DeliveredBefore before;
    private final Function<PolledRecord, Object> body;
    private final Deque<PolledRecord> page = new ArrayDeque<>();
    private final DeliveredLog read = new DeliveredLog();
    private final CountDownLatch ended = new CountDownLatch(1);
    private PolledRecord last;
    private Batch batch;
    private boolean exhausted;
    private boolean closed;

    PolledStream(
            SfToolkitConsumer consumer,
            PolledSource source,
            Progress progress,
            DeliveredBefore before,
            Function<PolledRecord, Object> body) {
        this.consumer = consumer;
        this.source = source;
        this.progress = progress;
        this.before = before;
        this.body = body;
    }

    @Override
    public synchronized boolean hasNext() {
        if (closed) {
            throw new IllegalStateException(
                    "the records are no longer there: their stream was closed with its exchange");
        }
        while (page.isEmpty() && !exhausted) {
            fill();
        }
        return !page.isEmpty();
    }

    private void fill() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("reading on would block an event loop: the route has to leave it first");
        }
        try {
            batch = consumer.next();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for records", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        batch.records().stream()
                .filter(record ->
                        progress.isNew(record) && !read.contains(record.position()) && !before.contains(record))
                .forEach(page::add);
        exhausted = !batch.more();
    }

    @Override
    public synchronized Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no further records");
        }
        last = page.poll();
        read.add(last.position());
        return body.apply(last);
    }

    @Override
    public synchronized boolean begun() {
        return last != null;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    /** Waits until the exchange is over. */
    void awaitEnd(Runnable meanwhile) throws InterruptedException {
        while (!ended.await(1, TimeUnit.SECONDS)) {
            meanwhile.run();
        }
    }

    Synchronization completion() {
        return new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange exchange) {
                end(null);
            }

            @Override
            public void onFailure(Exchange exchange) {
                end(exchange.getException());
            }
        };
    }

    private synchronized void end(Throwable failure) {
        source.forget();
        progress.streamed(
                read, last == null ? null : exhausted && page.isEmpty() ? batch.after() : last.after(), failure);
        ended.countDown();
    }
}
