package org.sftoolkit.camel.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that one exchange costs, repetitions included. Thread-safe. */
public final class CallCounter {

    private final AtomicInteger requests = new AtomicInteger();
    private final AdaptiveLimit limit;
    private final StopSignal stop;
    private final long begun = System.nanoTime();

    /** A tally of an exchange with a fixed number of requests at a time. */
    public CallCounter() {
        this(null);
    }

    /** @param limit learns from the exchange's requests; null for none */
    public CallCounter(AdaptiveLimit limit) {
        this(limit, new StopSignal());
    }

    /**
     * @param limit learns from the exchange's requests; null for none
     * @param stop  of the exchange's route: ends pauses before a further try
     */
    public CallCounter(AdaptiveLimit limit, StopSignal stop) {
        this.limit = limit;
        this.stop = stop;
    }

    /** Ends what the exchange's requests wait for. */
    StopSignal stop() {
        return stop;
    }

    /** One request goes out. */
    void count() {
        requests.incrementAndGet();
    }

    /** Requests sent so far. */
    public int requests() {
        return requests.get();
    }

    /** When the exchange began, by {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    /** What learns from the exchange's requests, or null. */
    AdaptiveLimit limit() {
        return limit;
    }
}
