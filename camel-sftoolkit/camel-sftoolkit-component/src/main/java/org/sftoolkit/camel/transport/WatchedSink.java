package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** A sink that remembers whether it was opened: what it has given out cannot be taken back for another try. */
final class WatchedSink implements Sink {

    private final Sink sink;
    private volatile boolean opened;

    WatchedSink(Sink sink) {
        this.sink = sink;
    }

    boolean opened() {
        return opened;
    }

    @Override
    public WriteStream<Buffer> open(int status, MultiMap headers) {
        opened = true;
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
        return sink.paced();
    }
}
