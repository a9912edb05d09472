package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A sink whose request gives its permit back when the answer begins, or when it ends without having begun. Thread-safe. */
final class PermittedSink implements Sink {

    private final Sink sink;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    /** @param release gives the permit back; run once */
    PermittedSink(Sink sink, Runnable release) {
        this.sink = sink;
        this.release = release;
    }

    void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }

    @Override
    public WriteStream<Buffer> open(int status, MultiMap headers) {
        release();
        return sink.open(status, headers);
    }

    @Override
    public boolean accepts(int status, MultiMap headers) {
        return sink.accepts(status, headers);
    }

    @Override
    public boolean reopens() {
        return sink.reopens();
    }

    @Override
    public boolean paced() {
        return true;
    }
}
