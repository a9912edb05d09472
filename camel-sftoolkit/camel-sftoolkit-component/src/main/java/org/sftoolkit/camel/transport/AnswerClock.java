package org.sftoolkit.camel.transport;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The one rule about the time that a call may take on the wire, for whole and streamed answers, for logins, for uploads.
 *
 * <p>The server has {@code requestTimeout} for its next step: to take the request, to begin the answer, to go on with it. A
 * byte of the answer's body gives it 1/{@value #BYTES_A_SECOND} s more, but never more than {@code requestTimeout} from now: an
 * answer that stalls ends that soon wherever it stalls, one that drips ends hardly later, and one that is merely large may last
 * as long as it is not slower than that. While a slow reader or a slow source of a body is waited for, no time passes for the
 * server; a source has {@value #SOURCE_PATIENCE} times as long. Thread-safe.
 */
final class AnswerClock {

    /** What an answer must bring on average: far below any network on which work is possible. */
    static final int BYTES_A_SECOND = 4096;

    /** So many times requestTimeout a body that is sent may stand still because its source gives nothing. */
    static final int SOURCE_PATIENCE = 10;

    private static final long NANOS_A_BYTE = 1_000_000_000L / BYTES_A_SECOND;

    private final Vertx vertx;
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
     * @param limit   requestTimeout
     * @param expired hears, at most once, that the time is up, and what was waited for
     */
    AnswerClock(Vertx vertx, Duration limit, Consumer<String> expired) {
        this.vertx = vertx;
        this.limit = limit.toNanos();
        this.expired = expired;
        restart();
        arm(this.limit);
    }

    /** The body that is sent waits for its source rather than for the server while this holds. */
    synchronized void sending(BooleanSupplier slowSource) {
        sourceIsSlow = slowSource;
        restart();
    }

    /** The request is out as a whole. */
    synchronized void sent() {
        sending(() -> false);
    }

    /** The answer has begun; it waits for its reader rather than for the server while this holds. */
    synchronized void begun(BooleanSupplier slowReader) {
        step = "the response stopped, or came slower than " + BYTES_A_SECOND + " bytes a second,";
        readerIsSlow = slowReader;
        sourceIsSlow = () -> false;
        restart();
    }

    /** A step was made: the full time is left for the next. */
    synchronized void restart() {
        long now = System.nanoTime();
        end = now + limit;
        sourceEnd = now + SOURCE_PATIENCE * limit;
    }

    /** So many bytes of the answer came. */
    synchronized void arrived(int bytes) {
        end = Math.min(System.nanoTime() + limit, end + bytes * NANOS_A_BYTE);
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
            waitedFor = overdue(System.nanoTime());
            if (waitedFor == null) {
                arm(end - System.nanoTime());
                return;
            }
            stopped = true;
        }
        expired.accept(waitedFor);
    }

    private String overdue(long now) {
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
