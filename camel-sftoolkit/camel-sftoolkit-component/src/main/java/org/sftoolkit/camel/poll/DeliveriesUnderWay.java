package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The deliveries that have begun and not ended, and the position behind those that have. Guarded by its owner's lock. */
final class DeliveriesUnderWay {

    private final KnownDeliveries known;
    private final boolean skipFailures;

    private @Nullable DeliveryLine<Cursor> line;
    /** Grows still: a list that is not full, or a stream that is being read. */
    private @Nullable Delivery open;

    private @Nullable Throwable failure;
    private Promise<Void> changed = Promise.promise();

    DeliveriesUnderWay(KnownDeliveries known, boolean skipFailures) {
        this.known = known;
        this.skipFailures = skipFailures;
    }

    /** A poll begins here; null as long as that is not known. */
    void begin(@Nullable Cursor cursor) {
        open = null;
        failure = null;
        if (cursor != null) {
            line = new DeliveryLine<>(cursor);
        }
    }

    /** Nothing is known of the position any more. */
    void forget() {
        line = null;
        open = null;
    }

    /** Opens the delivery with this number among those of its page. */
    Delivery open(int index, int size) {
        var begun = new Delivery(line(), line().open(), index, size);
        open = begun;
        return begun;
    }

    /** The delivery that grows, or null. */
    @Nullable
    Delivery open() {
        return open;
    }

    /** Nothing is added to the open delivery any more. */
    Delivery handOut(Delivery whole) {
        whole.line().close(whole.entry());
        open = null;
        return whole;
    }

    /** Whether this version of a record is being delivered. */
    boolean holds(Position version) {
        return version.equals(line().underWay(version.id()));
    }

    /** Whether a version of this record is in a delivery that was handed out. */
    boolean isBusy(String id) {
        return line().underWay(id) != null && (open == null || !open.holds(id));
    }

    /** Fails if the stream, unless it is null, has been closed. */
    void require(@Nullable Delivery stream) {
        if (stream != null && (stream.hasEnded() || stream.line() != line)) {
            throw new IllegalStateException(
                    "the records are no longer available: their stream was closed with its exchange");
        }
    }

    /** There is nothing to deliver up to here. Returns the position. */
    Cursor pass(Cursor after) {
        int run = line().position().run();
        line().pass(after);
        forgetOtherRun(run);
        return line().position();
    }

    /** A delivery has ended. Returns whom to tell, outside the lock; null if it belongs to a poll that was given up. */
    @Nullable
    Promise<Void> ack(Delivery delivery, @Nullable Throwable cause) {
        // one of a poll that was given up: its records come again
        if (!delivery.end() || delivery.line() != line) {
            return null;
        }
        open = open == delivery ? null : open;
        if (cause == null || skipFailures) {
            int run = line().position().run();
            delivery.records().forEach(known::add);
            line().done(delivery.entry());
            forgetOtherRun(run);
        } else {
            line().failed(delivery.entry());
            fail(cause);
        }
        return change();
    }

    private void forgetOtherRun(int run) {
        if (line().position().run() != run) {
            // all records are loaded again, including those delivered before
            known.clear();
        }
    }

    /** The poll has failed; its first failure counts. */
    void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    /** Why the poll failed; null if it did not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Completes at the next {@link #change}. */
    Future<Void> changed() {
        return changed.future();
    }

    /** Something changes: whoever waits for that waits for what is returned, which is to be completed outside the lock. */
    Promise<Void> change() {
        Promise<Void> waiting = changed;
        changed = Promise.promise();
        return waiting;
    }

    /** Whether all that was delivered has been done. */
    boolean isDone() {
        return failure == null && open == null && line().isSettled();
    }

    /** Ends a delivery that grows still: nobody continues to read a stream of an abandoned poll. */
    void abandonOpen() {
        if (open != null) {
            open.end();
            line().failed(open.entry());
            open = null;
        }
    }

    /** The position of the line; null before it is known. */
    @Nullable
    Cursor position() {
        return line == null ? null : line.position();
    }

    private DeliveryLine<Cursor> line() {
        return Objects.requireNonNull(line, "no position is known yet");
    }

    /** Deliveries under way, with the one that grows. */
    int count() {
        return line == null ? 0 : line.inFlight();
    }
}
