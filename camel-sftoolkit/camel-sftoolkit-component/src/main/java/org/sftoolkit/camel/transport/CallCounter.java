package org.sftoolkit.camel.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the API calls of one exchange, including retries. Thread-safe. */
public final class CallCounter {

    private final AtomicInteger requests = new AtomicInteger();
    private final AdaptiveLimit limit;
    private final StopSignal stop;
    private final long begun = System.nanoTime();

    /** A counter for an exchange with a fixed number of concurrent requests. */
    public CallCounter() {
        this(null);
    }

    /** @param limit observes the exchange's requests, or null */
    public CallCounter(AdaptiveLimit limit) {
        this(limit, new StopSignal());
    }

    /**
     * @param limit observes the exchange's requests, or null
     * @param stop of the exchange's route; ends pauses before a retry
     */
    public CallCounter(AdaptiveLimit limit, StopSignal stop) {
        this.limit = limit;
        this.stop = stop;
    }

    /** Ends the waits of the exchange's requests. */
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

    /** The limit that observes the exchange's requests, or null. */
    AdaptiveLimit limit() {
        return limit;
    }
}
