package org.sftoolkit.camel.client;

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
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.sftoolkit.camel.transport.Sink;
import org.sftoolkit.camel.transport.SinkStream;

/**
 * Carries bytes from an event loop, which must not wait, to the thread that reads them as an {@code InputStream}, which may.
 * Holds some pieces at most: while the reader is behind, the connection is paused. A failure on the way reaches the reader
 * as an {@code IOException}; a reader that closes early ends the request.
 */
public final class BlobPipe extends InputStream {

    private static final int MOST_BYTES = 256 * 1024;

    private final Queue<Buffer> pieces = new ArrayDeque<>();
    private final Writer writer = new Writer();
    private final LongConsumer listener;
    private Buffer piece = Buffer.buffer();
    private int at;
    private int held;
    private boolean ended;
    private boolean closed;
    private Throwable failure;
    private Context context;
    private Handler<Void> drained;

    /** @param listener hears how many bytes each piece has; returns at once */
    public BlobPipe(LongConsumer listener) {
        this.listener = listener;
    }

    /**
     * Fills it with the answer of a request.
     *
     * @param begun hears status and headers when the answer begins
     */
    public Sink sink(BiConsumer<Integer, MultiMap> begun) {
        return new Sink() {
            @Override
            public WriteStream<Buffer> open(int status, MultiMap headers) {
                synchronized (BlobPipe.this) {
                    context = Vertx.currentContext();
                }
                begun.accept(status, headers);
                return writer;
            }

            @Override
            public boolean paced() {
                return true;
            }
        };
    }

    /** No more will come. */
    public synchronized void fail(Throwable cause) {
        if (!ended && failure == null) {
            failure = cause;
            notifyAll();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        synchronized (this) {
            if (at >= piece.length() && !next()) {
                return -1;
            }
            int length = Math.min(most, piece.length() - at);
            piece.getBytes(at, at + length, target, from);
            at += length;
            return length;
        }
    }

    private boolean next() throws IOException {
        while (pieces.isEmpty()) {
            if (closed) {
                throw new IOException("the stream is closed");
            }
            if (failure != null) {
                throw new IOException("the download broke off: " + failure.getMessage(), failure);
            }
            if (ended) {
                return false;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the download", e);
            }
        }
        piece = pieces.poll();
        at = 0;
        held -= piece.length();
        if (held <= MOST_BYTES / 2) {
            goOn();
        }
        return true;
    }

    @Override
    public synchronized int available() {
        return piece.length() - at + held;
    }

    @Override
    public synchronized void close() {
        closed = true;
        pieces.clear();
        held = 0;
        notifyAll();
        // a paused connection would never learn that nobody reads any more
        goOn();
    }

    private void goOn() {
        Handler<Void> handler = drained;
        if (handler != null) {
            drained = null;
            context.runOnContext(handler);
        }
    }

    private final class Writer extends SinkStream {

        @Override
        public Future<Void> write(Buffer data) {
            synchronized (BlobPipe.this) {
                if (closed) {
                    return Future.failedFuture(new IOException("the reader has closed the stream"));
                }
                if (data.length() > 0) {
                    pieces.add(data);
                    held += data.length();
                }
                BlobPipe.this.notifyAll();
            }
            listener.accept(data.length());
            return Future.succeededFuture();
        }

        @Override
        protected Future<Void> ended() {
            synchronized (BlobPipe.this) {
                ended = true;
                BlobPipe.this.notifyAll();
            }
            return Future.succeededFuture();
        }

        @Override
        public boolean writeQueueFull() {
            synchronized (BlobPipe.this) {
                return !closed && held >= MOST_BYTES;
            }
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            synchronized (BlobPipe.this) {
                drained = handler;
                // the reader may have caught up before this handler was here
                if (closed || held <= MOST_BYTES / 2) {
                    goOn();
                }
            }
            return this;
        }
    }
}
