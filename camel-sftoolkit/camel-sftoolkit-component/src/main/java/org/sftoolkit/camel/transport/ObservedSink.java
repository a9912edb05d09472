package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** A sink that tells when the answer begins: what it has given out cannot be taken back for another try. */
final class ObservedSink implements Sink {

    private final Sink sink;
    private final Runnable begun;
    private volatile boolean opened;

    /** @param begun runs each time before the sink is opened */
    ObservedSink(Sink sink, Runnable begun) {
        this.sink = sink;
        this.begun = begun;
    }

    /** Whether an answer has begun. */
    boolean opened() {
        return opened;
    }

    @Override
    public WriteStream<Buffer> open(int status, MultiMap headers) {
        opened = true;
        begun.run();
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

    @Override
    public boolean bounded() {
        return sink.bounded();
    }
}
