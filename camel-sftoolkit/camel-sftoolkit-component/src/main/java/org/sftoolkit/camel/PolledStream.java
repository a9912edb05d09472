package org.sftoolkit.camel;

import io.vertx.core.Context;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.sftoolkit.camel.model.ReadOnce;
import org.sftoolkit.camel.poll.Delivery;
import org.sftoolkit.camel.poll.PolledRecord;
import org.sftoolkit.camel.poll.Poller;
import org.sftoolkit.camel.transport.StopSignal;

/**
 * The records of a stream as they are read, one page at a time. What was read ends with the exchange; what was not read comes
 * again. Waits on its reader's thread, as long as the poller waits for a page and the consumer does not stop, and refuses to on an
 * event loop.
 */
final class PolledStream implements Iterator<Object>, ReadOnce {

    private final Poller poller;
    private final Delivery delivery;
    private final Function<PolledRecord, Object> body;
    private final StopSignal stop;
    private PolledRecord next;
    private boolean begun;

    PolledStream(Poller poller, Delivery delivery, Function<PolledRecord, Object> body, StopSignal stop) {
        this.poller = poller;
        this.delivery = delivery;
        this.body = body;
        this.stop = stop;
    }

    @Override
    public synchronized boolean hasNext() {
        while (next == null && more()) {
            next = poller.peekOf(delivery);
        }
        return next != null;
    }

    private boolean more() {
        var more = stop.until(poller.more(delivery));
        if (!more.isComplete() && Context.isOnEventLoopThread()) {
            throw new IllegalStateException("reading on would block an event loop: the route has to leave it first");
        }
        try {
            return more.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for records", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public synchronized Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no further records");
        }
        PolledRecord record = next;
        poller.takeOf(delivery);
        next = null;
        begun = true;
        return body.apply(record);
    }

    @Override
    public synchronized boolean begun() {
        return begun;
    }
}
