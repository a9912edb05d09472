package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects an answer and joins its parts when the last has come: one copy, where a buffer that grows makes several, of sizes
 * that the garbage collector puts aside as too large.
 */
final class WholeAnswer extends SinkStream {

    private final List<Buffer> parts = new ArrayList<>();
    private int length;

    @Override
    public Future<Void> write(Buffer part) {
        parts.add(part);
        length += part.length();
        return Future.succeededFuture();
    }

    @Override
    protected Future<Void> ended() {
        return Future.succeededFuture();
    }

    /** What has come so far, once; the parts are let go of. */
    byte[] bytes() {
        byte[] bytes = new byte[length];
        int at = 0;
        for (Buffer part : parts) {
            part.getBytes(bytes, at);
            at += part.length();
        }
        parts.clear();
        length = 0;
        return bytes;
    }
}
