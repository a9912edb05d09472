package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.function.Consumer;

/** A sink that reports the start of the response, because delivered data cannot be taken back for a retry. */
final class ObservedSink implements Sink {

    private final Sink sink;
    private final Consumer<MultiMap> begun;
    private volatile boolean opened;

    /** @param begun called with the headers each time before the sink is opened */
    ObservedSink(Sink sink, Consumer<MultiMap> begun) {
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
        begun.accept(headers);
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
