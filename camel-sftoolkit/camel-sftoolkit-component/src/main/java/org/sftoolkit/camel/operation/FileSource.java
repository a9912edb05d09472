package org.sftoolkit.camel.operation;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as a stream to send, read block by block on worker threads as the network takes it. Keeps no file open between
 * blocks: a request that breaks off leaves nothing to close.
 */
final class FileSource implements ReadStream<Buffer> {

    private static final int BLOCK = 1 << 17;

    private final Path file;
    private final Worker worker;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    private long demand = Long.MAX_VALUE;
    private long position;
    private boolean reading;
    private boolean ended;

    FileSource(Path file, Worker worker) {
        this.file = file;
        this.worker = worker;
    }

    @Override
    public FileSource handler(Handler<Buffer> newHandler) {
        synchronized (this) {
            handler = newHandler;
        }
        advance();
        return this;
    }

    @Override
    public synchronized FileSource pause() {
        demand = 0;
        return this;
    }

    @Override
    public FileSource resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public FileSource fetch(long amount) {
        synchronized (this) {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        }
        advance();
        return this;
    }

    @Override
    public synchronized FileSource endHandler(Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }

    @Override
    public synchronized FileSource exceptionHandler(Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    private void advance() {
        long from;
        synchronized (this) {
            if (handler == null || demand == 0 || reading || ended) {
                return;
            }
            reading = true;
            from = position;
        }
        worker.run(() -> block(from)).onComplete(this::arrived);
    }

    private Buffer block(long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(from);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                continue;
            }
        }
        return Buffer.buffer(
                bytes.position() == BLOCK ? bytes.array() : java.util.Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private void arrived(AsyncResult<Buffer> block) {
        Handler<Buffer> next = null;
        Handler<Void> end = null;
        Handler<Throwable> broken = null;
        synchronized (this) {
            ended = block.failed() || block.result().length() == 0;
            if (block.failed()) {
                broken = exceptionHandler;
            } else if (ended) {
                end = endHandler;
            } else {
                position += block.result().length();
                demand = demand == Long.MAX_VALUE ? demand : Math.max(0, demand - 1);
                next = handler;
            }
        }
        if (next != null) {
            next.handle(block.result());
            readOn();
        } else if (end != null) {
            end.handle(null);
        } else if (broken != null) {
            broken.handle(block.cause());
        }
    }

    // not before the handler has done: who takes the blocks may ask for more on another thread meanwhile, and the next
    // one
    // would overtake this one
    private void readOn() {
        synchronized (this) {
            reading = false;
        }
        advance();
    }
}
