package org.sftoolkit.camel.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.SfToolkitException;

/** The thread of a reader of a stream, the only one that may wait. */
public final class ReaderThread {

    private ReaderThread() {}

    /**
     * Every wait of a reader begins with this.
     *
     * @throws IllegalStateException on an event loop
     */
    public static void requireMayWait() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("the next records or bytes cannot be read on thread "
                    + Thread.currentThread().getName() + ", because it is an event loop and must not wait: set"
                    + " continueOn=POOL or WORKER, or add a threads step before the one that reads");
        }
    }

    /** Reads, and throws the cause of a failure of the stream, if possible as a typed exception. */
    public static <T> T typed(Callable<T> reading) {
        try {
            return reading.call();
        } catch (RuntimeException e) {
            throw e instanceof UncheckedIOException unread ? of(unread.getCause()) : e;
        } catch (IOException e) {
            throw of(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException of(@Nullable IOException failure) {
        // the parser wraps what its source throws
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SfToolkitException known) {
                return known;
            }
        }
        return new UncheckedIOException(failure);
    }

    /**
     * Waits for an answer.
     *
     * @throws IOException with the answer's failure as its cause
     * @throws IllegalStateException on an event loop
     */
    public static <T> T await(Future<T> answer) throws IOException {
        if (!answer.isComplete()) {
            requireMayWait();
            var done = new CountDownLatch(1);
            answer.onComplete(ended -> done.countDown());
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for an answer", e);
            }
        }
        if (answer.failed()) {
            throw new IOException(answer.cause().getMessage(), answer.cause());
        }
        return answer.result();
    }
}
