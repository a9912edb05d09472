package org.sftoolkit.camel.client;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends input that is read by blocking calls: one piece at a time, in order, on a worker thread, and only as fast as
 * the pieces are taken. Closes nothing. Thread-safe.
 */
public final class StreamedInput implements ReadStream<Buffer> {

    private static final int PIECE = 64 * 1024;

    private final Callable<Buffer> source;
    private final Function<Callable<Buffer>, Future<Buffer>> worker;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private long demand = Long.MAX_VALUE;
    private boolean reading;
    private boolean ended;
    /** Was being read when the taker paused. */
    private @Nullable Buffer held;

    /**
     * @param source gives the next piece; null at the end
     * @param worker where to do what may block
     */
    public StreamedInput(Callable<Buffer> source, Function<Callable<Buffer>, Future<Buffer>> worker) {
        this.source = source;
        this.worker = worker;
    }

    /**
     * A stream.
     *
     * @param input  read to its end
     * @param worker where to do what may block
     */
    public static StreamedInput of(InputStream input, Function<Callable<Buffer>, Future<Buffer>> worker) {
        return new StreamedInput(() -> piece(input), worker);
    }

    private static @Nullable Buffer piece(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(PIECE);
        return bytes.length == 0 ? null : Buffer.buffer(bytes);
    }

    @Override
    public synchronized StreamedInput exceptionHandler(Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    @Override
    public StreamedInput handler(Handler<Buffer> newHandler) {
        synchronized (this) {
            handler = newHandler;
        }
        readOn();
        return this;
    }

    @Override
    public synchronized StreamedInput pause() {
        demand = 0;
        return this;
    }

    @Override
    public StreamedInput resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public StreamedInput fetch(long amount) {
        @Nullable Buffer waiting;
        Handler<Buffer> taker;
        synchronized (this) {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            waiting = demand > 0 && handler != null ? held : null;
            if (waiting != null) {
                held = null;
                countDown();
            }
            taker = handler;
        }
        if (waiting != null && taker != null) {
            taker.handle(waiting);
            taken();
        } else {
            readOn();
        }
        return this;
    }

    @Override
    public synchronized StreamedInput endHandler(Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    private void readOn() {
        synchronized (this) {
            if (reading || ended || handler == null || demand == 0) {
                return;
            }
            reading = true;
        }
        worker.apply(source).onComplete(this::deliver);
    }

    private void deliver(AsyncResult<Buffer> piece) {
        Handler<Buffer> taker;
        Handler<Void> end;
        Handler<Throwable> failure;
        synchronized (this) {
            ended = piece.failed() || piece.result() == null;
            if (!ended && demand == 0) {
                held = piece.result();
                return;
            }
            if (!ended) {
                countDown();
            }
            taker = handler;
            end = endHandler;
            failure = exceptionHandler;
        }
        if (piece.failed() && failure != null) {
            failure.handle(piece.cause());
        } else if (piece.succeeded() && piece.result() == null && end != null) {
            end.handle(null);
        } else if (piece.succeeded() && piece.result() != null && taker != null) {
            taker.handle(piece.result());
            taken();
        }
    }

    private void countDown() {
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
    }

    // Not before the handler has done: who takes the pieces may ask for more on another thread meanwhile, and the next
    // piece would overtake this one.
    private void taken() {
        synchronized (this) {
            reading = false;
        }
        readOn();
    }
}
