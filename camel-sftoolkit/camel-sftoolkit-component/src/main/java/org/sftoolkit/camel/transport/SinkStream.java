package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** The stream that a {@link Sink} returns; it is never full unless it overrides that. */
public abstract class SinkStream implements WriteStream<Buffer> {

    /** All has been written. */
    protected abstract Future<Void> ended();

    @Override
    public final void write(Buffer data, Handler<AsyncResult<Void>> handler) {
        write(data).onComplete(handler);
    }

    @Override
    public final void end(@Nullable Handler<AsyncResult<Void>> handler) {
        Future<Void> end = ended();
        if (handler != null) {
            end.onComplete(handler);
        }
    }

    @Override
    public final WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
        return this;
    }

    @Override
    public final WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
