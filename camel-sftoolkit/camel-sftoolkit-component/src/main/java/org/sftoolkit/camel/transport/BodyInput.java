package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a response as a stream that is read while it arrives. It buffers a bounded number of bytes, so a slow
 * reader slows down the network. Only the thread of the reader waits; reading on an event loop fails.
 */
public final class BodyInput extends InputStream implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(BodyInput.class);

    /** Buffer size for a response of unknown size. */
    public static final int DEFAULT_BYTES = 1 << 18;

    private final int mostBytes;
    private final LongConsumer listener;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private final Target target = new Target();
    private int waitingBytes;
    private int offset;
    private @Nullable MultiMap headers;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    private @Nullable Handler<Void> drain;
    private @Nullable Context context;

    /** @param mostBytes buffered before the network is paused */
    public BodyInput(int mostBytes) {
        this(mostBytes, arrived -> {});
    }

    /**
     * @param mostBytes buffered before the network is paused
     * @param listener called on an event loop with the size of each part that has arrived; must return at once
     */
    public BodyInput(int mostBytes, LongConsumer listener) {
        this.mostBytes = mostBytes;
        this.listener = listener;
    }

    /** Sends the request whose response this stream reads. */
    public BodyInput from(Transport transport, Request request) {
        transport.send(request.into(this)).onComplete(answer -> {
            synchronized (this) {
                headers =
                        answer.succeeded() && headers == null ? answer.result().headers() : headers;
                ended(answer);
            }
        });
        return this;
    }

    /**
     * This stream as a sink that reports the start of the response. The sender of the request reports its {@link
     * #ended end}.
     *
     * @param begun called with status and headers, on an event loop
     */
    public Sink telling(BiConsumer<Integer, MultiMap> begun) {
        return new Sink() {
            @Override
            public WriteStream<Buffer> open(int status, MultiMap answerHeaders) {
                WriteStream<Buffer> opened = BodyInput.this.open(status, answerHeaders);
                begun.accept(status, answerHeaders);
                return opened;
            }

            @Override
            public boolean paced() {
                return BodyInput.this.paced();
            }
        };
    }

    /** The request is over: no more will come. */
    public synchronized void ended(AsyncResult<?> request) {
        failure = failure == null ? request.cause() : failure;
        ended = true;
        notifyAll();
    }

    /** The answer's headers, once they are there. */
    public synchronized MultiMap headers() throws IOException {
        while (headers == null && !ended) {
            await();
        }
        if (headers == null) {
            throw failed();
        }
        return headers;
    }

    @Override
    public WriteStream<Buffer> open(int status, MultiMap answerHeaders) {
        synchronized (this) {
            headers = answerHeaders;
            context = Vertx.currentContext();
            notifyAll();
        }
        return target;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        Handler<Void> drained = null;
        int taken;
        synchronized (this) {
            while (waiting.isEmpty() && !ended && !closed) {
                await();
            }
            if (closed) {
                throw new IOException("the answer was closed");
            }
            if (waiting.isEmpty()) {
                if (failure != null) {
                    throw failed();
                }
                return -1;
            }
            taken = take(bytes, from, length);
            if (waitingBytes <= mostBytes / 2) {
                drained = drain;
                drain = null;
            }
        }
        resume(drained);
        return taken;
    }

    private int take(byte[] bytes, int from, int length) {
        Buffer head = waiting.peek();
        int taken = Math.min(length, head.length() - offset);
        head.getBytes(offset, offset + taken, bytes, from);
        offset += taken;
        waitingBytes -= taken;
        if (offset == head.length()) {
            waiting.poll();
            offset = 0;
        }
        return taken;
    }

    @Override
    public synchronized int available() {
        return waitingBytes;
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await() throws IOException {
        ReaderThread.requireMayWait();
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for an answer", e);
        }
    }

    private IOException failed() {
        Throwable cause = Objects.requireNonNull(failure, "an answer that ended without one has headers");
        return cause instanceof IOException known
                ? known
                : new IOException((headers == null ? "" : "the answer broke off: ") + cause.getMessage(), cause);
    }

    private void resume(@Nullable Handler<Void> drained) {
        if (drained != null) {
            try {
                // on the stream's own thread, because the stream is not thread-safe
                Objects.requireNonNull(context, "set when the stream was opened")
                        .runOnContext(drained);
            } catch (RejectedExecutionException ended) {
                // Vert.x was closed and nothing more arrives; the end of the request tells the reader
                LOG.debug("The rest of a response cannot be read, because its event loop has ended", ended);
            }
        }
    }

    @Override
    public boolean paced() {
        return true;
    }

    /** Discards the rest: further data is refused, which ends the call. */
    @Override
    public void close() {
        Handler<Void> drained;
        synchronized (this) {
            closed = true;
            waiting.clear();
            waitingBytes = 0;
            drained = drain;
            drain = null;
            notifyAll();
        }
        resume(drained);
    }

    private final class Target extends SinkStream {

        @Override
        public Future<Void> write(Buffer data) {
            synchronized (BodyInput.this) {
                if (closed) {
                    return Future.failedFuture(new IOException("nobody reads the answer any more"));
                }
                if (data.length() > 0) {
                    waiting.add(data);
                    waitingBytes += data.length();
                    BodyInput.this.notifyAll();
                }
            }
            listener.accept(data.length());
            return Future.succeededFuture();
        }

        @Override
        protected Future<Void> ended() {
            return Future.succeededFuture();
        }

        @Override
        public boolean writeQueueFull() {
            synchronized (BodyInput.this) {
                return waitingBytes > mostBytes;
            }
        }

        @Override
        public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
            boolean free;
            synchronized (BodyInput.this) {
                free = handler != null && waitingBytes <= mostBytes / 2;
                drain = free ? null : handler;
            }
            // drained in the meantime, and no further signal would come
            resume(free ? handler : null);
            return this;
        }
    }
}
