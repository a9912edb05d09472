package org.sftoolkit.camel.transport;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** Takes the body of a successful answer while it arrives. A failed answer never reaches it. */
@FunctionalInterface
public interface Sink {

    /**
     * Called on an event loop when status and headers of a successful answer are there; at most once a request, unless the
     * sink {@link #reopens}. The request's future completes when the returned stream has ended or failed.
     */
    WriteStream<Buffer> open(int status, MultiMap headers);

    /**
     * Whether this answer is what the sink waits for. One that it declines, such as a page of a proxy in place of CSV, is
     * read whole and decoded as any other.
     */
    default boolean accepts(int status, MultiMap headers) {
        return true;
    }

    /**
     * Whether it can be opened once more when an answer broke off and its request is repeated: it knows what it has had
     * already.
     */
    default boolean reopens() {
        return false;
    }

    /**
     * Whether a reader takes the answer at its own pace. Its request then counts no longer among those at a time once the
     * answer has begun: the reader may be waiting for another request to be sent.
     */
    default boolean paced() {
        return false;
    }

    /**
     * Whether what it takes stays in memory, so that the answer must not be larger than {@code maxAnswerBytes}. One that a
     * reader takes at its own pace does not, nor does a file.
     */
    default boolean bounded() {
        return !paced();
    }
}
