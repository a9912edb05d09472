package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** Takes the body of a successful answer while it arrives. A failed answer never reaches it. */
@FunctionalInterface
public interface Sink {

    /**
     * Called on an event loop when status and headers of a successful response have arrived; at most once per
     * request, unless the sink {@link #reopens}. The request's future completes when the returned stream has ended or
     * failed.
     */
    WriteStream<Buffer> open(int status, MultiMap headers);

    /**
     * Whether the sink accepts this response. One that it declines, such as a page of a proxy instead of CSV, is read
     * whole and decoded as any other.
     */
    default boolean accepts(int status, MultiMap headers) {
        return true;
    }

    /**
     * Whether it can be opened again if the response broke off and its request is repeated: it knows what it has
     * already received.
     */
    default boolean reopens() {
        return false;
    }

    /**
     * Whether a reader takes the answer at its own pace. Its request then gives its permit back when the response
     * starts, because the reader may wait for another request.
     */
    default boolean paced() {
        return false;
    }

    /**
     * Whether the body stays in memory, so that it must not exceed {@code maxAnswerBytes}. A stream or a file does
     * not.
     */
    default boolean bounded() {
        return !paced();
    }
}
