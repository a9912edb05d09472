package org.sftoolkit.camel.events;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How many events a channel asks for: as many as there are free places, in halves of the prefetch; and if there is no place for
 * long, one at a time into a small reserve, so that Salesforce does not end the stream. All of it on the subscription's loop.
 */
final class StreamCredit {

    /** Salesforce ends a stream that has asked for nothing for a minute. */
    private static final Duration LONGEST_WITHOUT_CREDIT = Duration.ofSeconds(50);
    /** Events that may come beyond the places. */
    private static final int RESERVE = 10;

    private final Channel channel;
    private final int prefetch;
    private final StreamTimers timers;
    private int reserveUsed;

    StreamCredit(Channel channel, int prefetch, StreamTimers timers) {
        this.channel = channel;
        this.prefetch = prefetch;
        this.timers = timers;
    }

    /** Events to ask for with a new call; not positive if there is no place. */
    int atStart() {
        return free(0);
    }

    /** Whether enough places are free that a stream is worth while which was closed for want of them. */
    boolean isWorthOpening() {
        return free(0) >= half();
    }

    void begun() {
        reserveUsed = 0;
    }

    private int free(int outstanding) {
        return prefetch - outstanding - channel.queue().places();
    }

    private int half() {
        return (prefetch + 1) / 2;
    }

    /**
     * Places have become free, or events have come: asks for more if it is time.
     *
     * @param isOver whether the call is not the present one any more
     * @param full   there was no place for so long that the stream should be closed
     */
    void more(StreamCall call, BooleanSupplier isOver, Runnable full) {
        if (free(call.outstanding()) >= half()) {
            ask(call, free(call.outstanding()));
            reserveUsed = 0;
        } else if (call.outstanding() == 0) {
            timers.waitForCredit(LONGEST_WITHOUT_CREDIT, () -> {
                if (!isOver.getAsBoolean() && call.outstanding() == 0) {
                    stay(call, full);
                }
            });
        }
    }

    private void stay(StreamCall call, Runnable full) {
        if (free(0) > 0) {
            ask(call, free(0));
        } else if (reserveUsed < RESERVE) {
            reserveUsed++;
            ask(call, 1);
        } else {
            full.run();
        }
    }

    private void ask(StreamCall call, int events) {
        timers.creditGiven();
        call.ask(events);
    }
}
