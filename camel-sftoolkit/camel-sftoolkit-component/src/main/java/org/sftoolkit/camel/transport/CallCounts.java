package org.sftoolkit.camel.transport;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls of a connection, for consoles without a metrics system. Thread-safe. */
public final class CallCounts implements CallListener {

    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder repetitions = new LongAdder();
    private final LongAdder logins = new LongAdder();
    private volatile @Nullable String loginFailure;

    @Override
    public void answered(String resource, @Nullable Throwable failure, long nanos) {
        requests.increment();
        if (failure != null) {
            failures.increment();
        }
    }

    @Override
    public void repeated(String resource) {
        repetitions.increment();
    }

    @Override
    public void loggedIn(@Nullable Throwable failure) {
        loginFailure = failure == null ? null : failure.toString();
        if (failure == null) {
            logins.increment();
        }
    }

    /** Requests that succeeded or failed, including retries. */
    public long requests() {
        return requests.sum();
    }

    /** Requests that failed, including those that were retried. */
    public long failures() {
        return failures.sum();
    }

    /** Requests that were sent again. */
    public long repetitions() {
        return repetitions.sum();
    }

    /** Logins that succeeded. */
    public long logins() {
        return logins.sum();
    }

    /** Why the last login failed; null if it succeeded or there was no login yet. */
    public @Nullable String loginFailure() {
        return loginFailure;
    }
}
