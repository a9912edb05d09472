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

/**
 * Reads an {@code InputStream}, which may block, piece by piece on a worker thread, and only as fast as the pieces are taken.
 * Does not close it. Thread-safe.
 */
public final class StreamedInput implements ReadStream<Buffer> {

    private static final int PIECE = 64 * 1024;

    private final InputStream input;
    private final Function<Callable<Buffer>, Future<Buffer>> worker;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    private long demand = Long.MAX_VALUE;
    private boolean reading;
    private boolean ended;

    /**
     * @param input  read to its end
     * @param worker where to do what may block
     */
    public StreamedInput(InputStream input, Function<Callable<Buffer>, Future<Buffer>> worker) {
        this.input = input;
        this.worker = worker;
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
        synchronized (this) {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        }
        readOn();
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
        worker.apply(this::piece).onComplete(this::deliver);
    }

    private Buffer piece() throws IOException {
        byte[] bytes = new byte[PIECE];
        int length = input.readNBytes(bytes, 0, PIECE);
        return length == 0 ? null : Buffer.buffer(length).setBytes(0, bytes, 0, length);
    }

    private void deliver(AsyncResult<Buffer> piece) {
        Handler<Buffer> taker;
        Handler<Void> end;
        Handler<Throwable> failure;
        synchronized (this) {
            ended = piece.failed() || piece.result() == null;
            demand -= demand == Long.MAX_VALUE || ended ? 0 : 1;
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

    // not before the handler has done: who takes the pieces may ask for more on another thread meanwhile, and the next
    // one
    // would overtake this one
    private void taken() {
        synchronized (this) {
            reading = false;
        }
        readOn();
    }
}
