package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.IntFunction;

/** A stream that tells of the bytes written into it, which may be refused, and when it takes more after having been full. */
final class CountedStream implements WriteStream<Buffer> {

    private final WriteStream<Buffer> stream;
    private final IntFunction<Throwable> written;
    private final Runnable drained;
    private volatile boolean held;

    /**
     * @param written hears how many bytes are to be written; gives why they are refused, or null
     * @param drained hears that the stream takes more again
     */
    CountedStream(WriteStream<Buffer> stream, IntFunction<Throwable> written, Runnable drained) {
        this.stream = stream;
        this.written = written;
        this.drained = drained;
    }

    /**
     * Whether who writes waits for it to take more. It may have room meanwhile and not have said so yet: a queue is full
     * beyond one mark, and drained below another.
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
    public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
        held = handler != null;
        stream.drainHandler(
                handler == null
                        ? null
                        : more -> {
                            held = false;
                            drained.run();
                            handler.handle(more);
                        });
        return this;
    }
}
