package org.sftoolkit.camel.files;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.transport.SinkStream;

/** A temporary file that holds what was downloaded; it is deleted when it is closed, with the exchange. */
public final class DownloadedFile extends File implements Closeable {

    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 1024 * 1024;

    private transient @Nullable Writer writer;

    private DownloadedFile(String path) {
        super(path);
    }

    static DownloadedFile create() throws IOException {
        return new DownloadedFile(Files.createTempFile("sftoolkit", ".download").toString());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(toPath());
    }

    /** Gives it up: what is being written is waited for. */
    Future<Void> discard(Worker worker) {
        return released()
                .transform(ended -> worker.run(() -> {
                    close();
                    return null;
                }));
    }

    /**
     * Where the event loop writes, from the start of the file; the disk is written to on worker threads, piece after piece.
     *
     * @param progress hears how many bytes each piece has
     */
    synchronized WriteStream<Buffer> writer(Worker worker, LongConsumer progress) {
        writer = new Writer(toPath(), worker, progress, released());
        return writer;
    }

    private synchronized Future<Void> released() {
        return writer == null ? Future.succeededFuture() : writer.ended();
    }

    private static final class Writer extends SinkStream {

        private final Worker worker;
        private final LongConsumer progress;
        private final Context context = Vertx.currentContext();
        private Future<OutputStream> last;
        private @Nullable Future<Void> closed;
        private int pending;
        private @Nullable Handler<Void> drained;

        /** @param before ends when nobody else writes the file any more */
        Writer(Path file, Worker worker, LongConsumer progress, Future<Void> before) {
            this.worker = worker;
            this.progress = progress;
            this.last = before.transform(ended -> worker.run(() -> Files.newOutputStream(file)));
        }

        @Override
        public synchronized Future<Void> write(Buffer data) {
            pending += data.length();
            progress.accept(data.length());
            Future<OutputStream> before = last;
            last = before.compose(out -> worker.run(() -> {
                        out.write(data.getBytes());
                        return out;
                    })
                    .onFailure(full -> worker.run(() -> {
                        out.close();
                        return null;
                    })));
            return last.<Void>mapEmpty().onComplete(done -> written(data.length()));
        }

        private synchronized void written(int length) {
            pending -= length;
            if (pending <= MOST_BYTES / 2 && drained != null) {
                context.runOnContext(drained);
                drained = null;
            }
        }

        @Override
        protected synchronized Future<Void> ended() {
            if (closed == null) {
                closed = last.compose(out -> worker.run(() -> {
                    out.close();
                    return null;
                }));
            }
            return closed;
        }

        @Override
        public synchronized boolean writeQueueFull() {
            return pending >= MOST_BYTES;
        }

        @Override
        public synchronized WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
            drained = handler;
            if (handler != null && pending <= MOST_BYTES / 2) {
                context.runOnContext(handler);
                drained = null;
            }
            return this;
        }
    }
}
