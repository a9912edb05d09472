package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source page by page. A page that does not come in time is given up together with its reading: whatever comes of
 * either later moves nothing. Thread-safe.
 */
final class PageReader {

    /** A page and how far it was taken. Used by the thread that takes records. */
    static final class Page {
        final Batch batch;
        /** Which of its records are to be delivered; null before that was looked up. */
        boolean @Nullable [] fresh;
        /** Deliveries that it makes in this poll, and how many of them have begun. */
        int size;

        int count;
        int at;

        private Page(Batch batch) {
            this.batch = batch;
        }

        void look(boolean[] deliver, int number) {
            fresh = deliver;
            size = number;
            count = 0;
        }

        PolledRecord record() {
            return batch.records().get(at);
        }

        /** Whether its next record is to be delivered. */
        boolean isDue() {
            return fresh != null && !isTaken() && fresh[at];
        }

        boolean isTaken() {
            return at == batch.records().size();
        }
    }

    private final PollSource source;
    private final Duration timeout;
    private final Alarm alarm;
    private PollSource.@Nullable Reading reading;
    private @Nullable Promise<Boolean> arriving;
    private @Nullable Page page;
    /** Behind what was taken; null before the first poll. */
    private @Nullable Cursor place;

    private boolean more;

    PageReader(PollSource source, Duration timeout, Alarm alarm) {
        this.source = source;
        this.timeout = timeout;
        this.alarm = alarm;
    }

    /** Starts a poll; continues with the rest of the last one if it follows. */
    void goOnAt(Cursor cursor) {
        boolean follows;
        synchronized (this) {
            follows = cursor.equals(place);
        }
        if (!follows) {
            drop();
        }
        synchronized (this) {
            place = cursor;
            more = true;
            if (page != null) {
                page.fresh = null;
            }
        }
    }

    /** The page that was read but not taken yet, or null. */
    synchronized @Nullable Page page() {
        return page;
    }

    /** The page that is being taken. */
    Page requirePage() {
        return Objects.requireNonNull(page(), "no page was read");
    }

    /** Whether there is more to read in this poll, as far as is known. */
    synchronized boolean hasMore() {
        return more;
    }

    /** Takes note how far records were taken. */
    synchronized void taken(Cursor after) {
        place = after;
    }

    /** The page was taken. */
    synchronized void pageTaken(Page taken) {
        place = taken.batch.after();
        more = taken.batch.more();
        page = null;
        if (!more) {
            close();
        }
    }

    private void close() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    /** Reads on. True if there is a page, false if there is nothing more in this poll. */
    Future<Boolean> read() {
        PollSource.Reading from;
        Promise<Boolean> promise;
        synchronized (this) {
            if (page != null || !more) {
                return Future.succeededFuture(page != null);
            }
            if (arriving != null) {
                return arriving.future();
            }
            from = reading == null ? source.read(Objects.requireNonNull(place, "no poll has begun")) : reading;
            reading = from;
            promise = Promise.promise();
            arriving = promise;
        }
        Runnable disarm = alarm.in(
                timeout,
                () -> lost(
                        promise,
                        new TimeoutException(
                                "the org did not respond within pollTimeout=" + timeout.toMillis() + " ms")));
        next(from).onComplete(answer -> {
            disarm.run();
            if (answer.succeeded()) {
                arrived(promise, answer.result());
            } else {
                lost(promise, answer.cause());
            }
        });
        return promise.future();
    }

    private static Future<Batch> next(PollSource.Reading from) {
        try {
            return from.next();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void arrived(Promise<Boolean> promise, Batch batch) {
        synchronized (this) {
            if (arriving != promise) {
                return;
            }
            arriving = null;
            page = new Page(batch);
        }
        promise.complete(true);
    }

    private void lost(Promise<Boolean> promise, Throwable failure) {
        synchronized (this) {
            if (arriving != promise) {
                return;
            }
            arriving = null;
            drop();
        }
        promise.fail(failure);
    }

    /** Whether a page was asked for and has not come. */
    synchronized boolean isAwaiting() {
        return arriving != null;
    }

    /** What was read and not taken is read again. */
    void drop() {
        Promise<Boolean> abandoned;
        synchronized (this) {
            abandoned = arriving;
            arriving = null;
            page = null;
            close();
        }
        if (abandoned != null) {
            abandoned.tryFail(new IllegalStateException("the reading was given up"));
        }
    }
}
