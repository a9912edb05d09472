package org.sftoolkit.camel.events;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.poll.DeliveryLine;

/**
 * Records that are read from the org and delivered at one place of a channel, in place of events. The position passes that place
 * when all of them are done. A page is read when most of the one before has gone to the route. All of it on the subscription's
 * loop.
 */
final class Backfill {

    /** Deliveries that may wait when the next page is asked for. */
    private static final int LOW = 100;

    private final Channel channel;
    private final Subscription owner;
    private final DeliveryQueue queue;
    private final StoredRecords.Pages pages;
    private final String sObject;
    private final @Nullable String reason;
    private final DeliveryLine.Entry<ReplayPosition> entry;
    private final Runnable exhausted;
    private final Runnable finished;
    private int left;
    private int tries;
    private boolean reading;
    private boolean ended;

    /**
     * @param reason    why they are read, for the route; null if nothing is amiss
     * @param after     the position behind them; null if it stays where it is
     * @param exhausted hears that all have been read; what comes behind them may follow
     * @param finished  hears that all are done
     */
    Backfill(
            Channel channel,
            Subscription owner,
            DeliveryQueue queue,
            StoredRecords.Pages pages,
            String sObject,
            @Nullable String reason,
            @Nullable ReplayPosition after,
            Runnable exhausted,
            Runnable finished) {
        this.channel = channel;
        this.owner = owner;
        this.queue = queue;
        this.pages = pages;
        this.sObject = sObject;
        this.reason = reason;
        this.entry = queue.barrier(after);
        this.exhausted = exhausted;
        this.finished = finished;
    }

    /** Reads on, if there is room. */
    void more() {
        if (reading || ended || queue.isClosed() || queue.waiting() > LOW) {
            return;
        }
        reading = true;
        pages.next().onComplete(done -> owner.loop().execute(() -> {
            reading = false;
            if (queue.isClosed()) {
                pages.close();
            } else if (done.failed()) {
                failed(done.cause());
            } else if (done.result() == null) {
                ended = true;
                pages.close();
                exhausted.run();
                finishIfDone();
            } else {
                tries = 0;
                left += queue.enter(done.result().stream().map(this::event).toList(), this);
                owner.dispatch();
                more();
            }
        }));
    }

    private void failed(Throwable failure) {
        if (failure instanceof SfToolkitException known && !known.retryable()) {
            channel.stream().fail(failure);
            return;
        }
        channel.warn("{}: records of " + sObject + " cannot be read, trying again: {}", failure.getMessage());
        owner.later(owner.settings().pauses().backOff(Math.min(++tries, Subscription.LATE_TRY)), this::more);
    }

    private ChannelEvent event(StoredRecords.Row row) {
        return new ChannelEvent(channel.name(), null, null, row.record(), row.change(), null, row.time(), reason);
    }

    /** A delivery of its records is done. */
    void deliveryDone() {
        left--;
        finishIfDone();
        more();
    }

    private void finishIfDone() {
        if (ended && left == 0) {
            queue.passed(entry);
            finished.run();
        }
    }
}
