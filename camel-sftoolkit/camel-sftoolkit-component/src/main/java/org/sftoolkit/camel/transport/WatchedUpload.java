package org.sftoolkit.camel.transport;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body on its way out, each part of which counts as activity of the call. */
final class WatchedUpload implements ReadStream<Buffer> {

    private final ReadStream<Buffer> stream;
    private final Runnable part;
    private final Runnable ended;

    WatchedUpload(ReadStream<Buffer> stream, Runnable part, Runnable ended) {
        this.stream = stream;
        this.part = part;
        this.ended = ended;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
        stream.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> handler) {
        stream.handler(
                handler == null
                        ? null
                        : data -> {
                            part.run();
                            handler.handle(data);
                        });
        return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
        stream.pause();
        return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
        stream.resume();
        return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
        stream.fetch(amount);
        return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> handler) {
        stream.endHandler(
                handler == null
                        ? null
                        : end -> {
                            ended.run();
                            handler.handle(end);
                        });
        return this;
    }
}
