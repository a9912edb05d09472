package org.sftoolkit.emulator.org;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of the API against the org's daily limit. Safe for threads. */
public final class ApiUsage {

    private final AtomicInteger used = new AtomicInteger();
    private volatile int limit;

    public ApiUsage(int limit) {
        this.limit = limit;
    }

    /** Counts one call. Answers false when the limit had been used up before. */
    public boolean count() {
        return used.incrementAndGet() <= limit;
    }

    public int used() {
        return used.get();
    }

    public int limit() {
        return limit;
    }

    /** What is left; below zero once the limit is exceeded. */
    public int remaining() {
        return limit - used.get();
    }

    /** Changes the limit from now on. */
    public void setLimit(int calls) {
        limit = atLeastZero("dailyLimit", calls);
    }

    private static int atLeastZero(String name, int calls) {
        if (calls < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more, not " + calls);
        }
        return calls;
    }

    /** Sets what has been used, as if a day had passed or other clients had called. */
    public void setUsed(int calls) {
        used.set(atLeastZero("usedCalls", calls));
    }
}
