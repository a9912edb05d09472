package org.sftoolkit.camel.transport;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time of a call on the wire, for whole and streamed responses, logins and uploads.
 *
 * <p>The server has {@code requestTimeout} for each step: to accept the request, to start the response, to continue
 * it. Each byte of the body adds 1/{@value #BYTES_A_SECOND} s, up to {@code requestTimeout} from now. So a response
 * that stalls, or is very slow, times out; a large one may take as long as it needs. The clock stops while the call
 * waits for a slow reader or for the source of the request body; the source has {@value #SOURCE_PATIENCE} times as
 * long. Thread-safe.
 */
final class AnswerClock {

    /** Minimum average speed of a response: far below any usable network. */
    static final int BYTES_A_SECOND = 4096;

    /** Multiple of requestTimeout for which the source of a request body may deliver no data. */
    static final int SOURCE_PATIENCE = 10;

    private static final long NANOS_A_BYTE = 1_000_000_000L / BYTES_A_SECOND;

    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final long limit;
    private final Consumer<String> expired;
    private String step = "no answer";
    private BooleanSupplier sourceIsSlow = () -> false;
    private BooleanSupplier readerIsSlow = () -> false;
    private long end;
    private long sourceEnd;
    private long timer;
    private boolean stopped;

    /**
     * Starts.
     *
     * @param nanoTime tells the time as {@link System#nanoTime} does
     * @param limit requestTimeout
     * @param expired called at most once, when the time is up, with what the call waited for
     */
    AnswerClock(Vertx vertx, LongSupplier nanoTime, Duration limit, Consumer<String> expired) {
        this.vertx = vertx;
        this.nanoTime = nanoTime;
        this.limit = limit.toNanos();
        this.expired = expired;
        restart();
        arm(this.limit);
    }

    /** Whether sending waits for the source of the body rather than for the server. */
    synchronized void sending(BooleanSupplier slowSource) {
        sourceIsSlow = slowSource;
        restart();
    }

    /** The request has been sent completely. */
    synchronized void sent() {
        sending(() -> false);
    }

    /** The response has started. Sets whether it waits for its reader rather than for the server. */
    synchronized void begun(BooleanSupplier slowReader) {
        step = "the response stopped, or came slower than " + BYTES_A_SECOND + " bytes a second";
        readerIsSlow = slowReader;
        sourceIsSlow = () -> false;
        restart();
    }

    /** A step has been completed: the next one has the full time. */
    synchronized void restart() {
        long now = nanoTime.getAsLong();
        end = now + limit;
        sourceEnd = now + SOURCE_PATIENCE * limit;
    }

    /** Bytes of the response have arrived. */
    synchronized void arrived(int bytes) {
        end = Math.min(nanoTime.getAsLong() + limit, end + bytes * NANOS_A_BYTE);
    }

    /** The call is over. */
    synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void arm(long nanos) {
        timer = vertx.setTimer(Math.max(1, nanos / 1_000_000 + 1), id -> check());
    }

    private void check() {
        String waitedFor;
        synchronized (this) {
            if (stopped) {
                return;
            }
            waitedFor = overdue(nanoTime.getAsLong());
            if (waitedFor == null) {
                arm(end - nanoTime.getAsLong());
                return;
            }
            stopped = true;
        }
        expired.accept(waitedFor);
    }

    private @Nullable String overdue(long now) {
        if (sourceIsSlow.getAsBoolean()) {
            end = now + limit;
            return now < sourceEnd
                    ? null
                    : "the source of the request body gave no data within " + SOURCE_PATIENCE + " times requestTimeout="
                            + limit / 1_000_000 + " ms";
        }
        if (readerIsSlow.getAsBoolean()) {
            end = now + limit;
        }
        return now < end ? null : step + " within requestTimeout=" + limit / 1_000_000 + " ms";
    }
}
