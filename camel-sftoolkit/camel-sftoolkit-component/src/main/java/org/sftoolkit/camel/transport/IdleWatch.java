package org.sftoolkit.camel.transport;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Resets a call whose server says nothing for too long; time during which the reader holds the body back does not count. */
final class IdleWatch {

    private final Vertx vertx;
    private final long limitMillis;
    private final HttpClientRequest call;
    private final long timer;
    private volatile long lastActive = System.nanoTime();
    private volatile WriteStream<Buffer> target;
    private volatile boolean sending;

    IdleWatch(Vertx vertx, Duration limit, HttpClientRequest call) {
        this.vertx = vertx;
        this.limitMillis = limit.toMillis();
        this.call = call;
        this.timer = vertx.setPeriodic(Math.max(1, limitMillis / 4), id -> check());
    }

    void active() {
        lastActive = System.nanoTime();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void check() {
        WriteStream<Buffer> reader = target;
        // nothing to send yet: the source of the body is slow, not the server
        if (sending && !call.writeQueueFull()) {
            active();
        } else if (reader != null && reader.writeQueueFull()) {
            active();
        } else if ((System.nanoTime() - lastActive) / 1_000_000 >= limitMillis) {
            stop();
            call.reset(0, new TimeoutException("no data for " + limitMillis + " ms"));
        }
    }

    /** The body that is sent, with each part of it counted as activity. */
    ReadStream<Buffer> watched(ReadStream<Buffer> body) {
        sending = true;
        return new WatchedUpload(body, this::active, () -> {
            sending = false;
            active();
        });
    }

    /** The stream, with each write counted as activity. */
    WriteStream<Buffer> watched(WriteStream<Buffer> stream) {
        target = stream;
        return new Watched(stream);
    }

    private final class Watched implements WriteStream<Buffer> {

        private final WriteStream<Buffer> stream;

        Watched(WriteStream<Buffer> stream) {
            this.stream = stream;
        }

        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            stream.exceptionHandler(handler);
            return this;
        }

        @Override
        public Future<Void> write(Buffer data) {
            active();
            return stream.write(data);
        }

        @Override
        public void write(Buffer data, Handler<AsyncResult<Void>> handler) {
            write(data).onComplete(handler);
        }

        @Override
        public void end(Handler<AsyncResult<Void>> handler) {
            stream.end().onComplete(handler);
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            stream.setWriteQueueMaxSize(maxSize);
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return stream.writeQueueFull();
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            stream.drainHandler(handler);
            return this;
        }
    }
}
