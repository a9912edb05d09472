package org.sftoolkit.camel.transport;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the API calls of one exchange, including retries. Thread-safe. */
public final class CallCounter {

    private final AtomicInteger requests;
    private final @Nullable AdaptiveLimit limit;
    private final StopSignal stop;
    private final CallTerms terms;
    private final Trace trace;
    private final long begun;

    /** A counter for an exchange with a fixed number of concurrent requests. */
    public CallCounter() {
        this(null);
    }

    /** @param limit observes the exchange's requests, or null */
    public CallCounter(@Nullable AdaptiveLimit limit) {
        this(limit, new StopSignal());
    }

    /**
     * @param limit observes the exchange's requests, or null
     * @param stop of the exchange's route; ends pauses before a retry
     */
    public CallCounter(@Nullable AdaptiveLimit limit, StopSignal stop) {
        this(limit, stop, CallTerms.NONE, Trace.NONE);
    }

    /**
     * @param limit observes the exchange's requests, or null
     * @param stop of the exchange's route; ends pauses before a retry
     * @param terms of the calls
     * @param trace of the exchange
     */
    public CallCounter(@Nullable AdaptiveLimit limit, StopSignal stop, CallTerms terms, Trace trace) {
        this.limit = limit;
        this.stop = stop;
        this.terms = terms;
        this.trace = trace;
        this.requests = new AtomicInteger();
        this.begun = System.nanoTime();
    }

    private CallCounter(CallCounter counter, Trace trace) {
        this.limit = counter.limit;
        this.stop = counter.stop;
        this.terms = counter.terms;
        this.trace = trace;
        this.requests = counter.requests;
        this.begun = counter.begun;
    }

    /** The same counter, for calls whose spans are made by another trace. */
    public CallCounter tracing(Trace other) {
        return new CallCounter(this, other);
    }

    /** Makes spans of the calls. */
    public Trace trace() {
        return trace;
    }

    /** What holds for the calls. */
    CallTerms terms() {
        return terms;
    }

    /** Ends the waits of the exchange's requests. */
    StopSignal stop() {
        return stop;
    }

    /** One request goes out. */
    void count() {
        requests.incrementAndGet();
        terms.counted().run();
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
    @Nullable
    AdaptiveLimit limit() {
        return limit;
    }
}
