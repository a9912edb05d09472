package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects an answer and joins its parts when the last has come: one copy, where a buffer that grows makes several, of sizes
 * that the garbage collector puts aside as too large.
 */
final class WholeBody extends SinkStream implements BodyStream<byte[]> {

    private final List<Buffer> parts = new ArrayList<>();
    private final Promise<byte[]> whole = Promise.promise();
    private int length;

    /** Gives the whole body; an empty one where there is none. */
    static final class Codec implements BodyCodec<byte[]> {

        @Override
        public void create(Handler<AsyncResult<BodyStream<byte[]>>> handler) {
            handler.handle(Future.succeededFuture(new WholeBody()));
        }
    }

    @Override
    public Future<Void> write(Buffer part) {
        parts.add(part);
        length += part.length();
        return Future.succeededFuture();
    }

    @Override
    protected Future<Void> ended() {
        byte[] bytes = new byte[length];
        int at = 0;
        for (Buffer part : parts) {
            part.getBytes(bytes, at);
            at += part.length();
        }
        parts.clear();
        whole.tryComplete(bytes);
        return Future.succeededFuture();
    }

    @Override
    public Future<byte[]> result() {
        return whole.future();
    }

    /** The answer broke off. */
    @Override
    public void handle(Throwable failure) {
        whole.tryFail(failure);
    }
}
