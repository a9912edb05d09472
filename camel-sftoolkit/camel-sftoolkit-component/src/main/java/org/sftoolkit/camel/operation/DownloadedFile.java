package org.sftoolkit.camel.operation;

import io.vertx.core.AsyncResult;
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

/** A temporary file that holds what was downloaded; it is deleted when it is closed, with the exchange. */
public final class DownloadedFile extends File implements Closeable {

    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 1024 * 1024;

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

    Void discard() throws IOException {
        close();
        return null;
    }

    /** Where the event loop writes; the disk is written to on worker threads, piece after piece. */
    WriteStream<Buffer> writer(Worker worker) {
        return new Writer(this, worker);
    }

    private static final class Writer implements WriteStream<Buffer> {

        private final File file;
        private final Worker worker;
        private final Context context = Vertx.currentContext();
        private Future<OutputStream> last;
        private int pending;
        private Handler<Void> drained;

        Writer(File file, Worker worker) {
            this.file = file;
            this.worker = worker;
            this.last = worker.run(() -> Files.newOutputStream(file.toPath()));
        }

        @Override
        public synchronized Future<Void> write(Buffer data) {
            pending += data.length();
            last = last.compose(out -> worker.run(() -> {
                out.write(data.getBytes());
                return out;
            }));
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
        public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
            write(data).onComplete(handler);
        }

        @Override
        public synchronized void end(Handler<AsyncResult<Void>> handler) {
            Future<Void> ended = last.compose(out -> worker.run(() -> {
                out.close();
                return null;
            }));
            if (handler != null) {
                ended.onComplete(handler);
            }
        }

        @Override
        public synchronized boolean writeQueueFull() {
            return pending >= MOST_BYTES;
        }

        @Override
        public synchronized WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            drained = handler;
            if (handler != null && pending <= MOST_BYTES / 2) {
                context.runOnContext(handler);
                drained = null;
            }
            return this;
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            return this;
        }
    }
}
