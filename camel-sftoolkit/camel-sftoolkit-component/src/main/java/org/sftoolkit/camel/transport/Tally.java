package org.sftoolkit.camel.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that one exchange costs, repetitions included. Thread-safe. */
public final class Tally {

    private final AtomicInteger requests = new AtomicInteger();

    /** One request goes out. */
    void count() {
        requests.incrementAndGet();
    }

    /** Requests sent so far. */
    public int requests() {
        return requests.get();
    }
}
