package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream that reports the bytes to be written, which a listener may refuse, and that reports when it is no longer
 * full.
 */
class CountedStream implements WriteStream<Buffer> {

    private final WriteStream<Buffer> stream;
    private final IntFunction<@Nullable Throwable> written;
    private final Runnable drained;
    private volatile boolean held;

    /**
     * @param written called with the number of bytes; returns the reason to refuse them, or null
     * @param drained called when the stream accepts more again
     */
    CountedStream(WriteStream<Buffer> stream, IntFunction<@Nullable Throwable> written, Runnable drained) {
        this.stream = stream;
        this.written = written;
        this.drained = drained;
    }

    /**
     * Whether the writer waits for the stream. There may already be room that was not reported yet, because a queue
     * is full above one mark and drained below another.
     */
    boolean held() {
        return held;
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
        stream.exceptionHandler(handler);
        return this;
    }

    @Override
    public Future<Void> write(Buffer data) {
        Throwable refusal = written.apply(data.length());
        return refusal == null ? stream.write(data) : Future.failedFuture(refusal);
    }

    @Override
    public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        stream.end().onComplete(handler);
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        stream.setWriteQueueMaxSize(maxSize);
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return stream.writeQueueFull();
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        held = handler != null;
        stream.drainHandler(
                handler == null
                        ? null
                        : more -> {
                            held = false;
                            drained.run();
                            handler.handle(null);
                        });
        return this;
    }
}
