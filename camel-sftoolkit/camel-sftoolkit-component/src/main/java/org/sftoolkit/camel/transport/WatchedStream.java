package org.sftoolkit.camel.transport;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.Consumer;

/** A stream whose parts are shown to somebody else before its reader has them. */
final class WatchedStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> stream;
    private final Consumer<Buffer> watcher;

    WatchedStream(ReadStream<Buffer> stream, Consumer<Buffer> watcher) {
        this.stream = stream;
        this.watcher = watcher;
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
                        : part -> {
                            watcher.accept(part);
                            handler.handle(part);
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
        stream.endHandler(handler);
        return this;
    }
}
