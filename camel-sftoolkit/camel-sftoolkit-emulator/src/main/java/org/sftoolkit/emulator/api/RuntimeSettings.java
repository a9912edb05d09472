package org.sftoolkit.emulator.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What may be changed while the org runs. Safe for threads; a call sees a change from its next look on. */
public final class RuntimeSettings {

    private final AtomicReference<LoginRules> loginRules;
    private volatile Duration latency;
    private volatile int pageSize;
    private volatile long fileLimit;

    public RuntimeSettings(LoginRules loginRules, Duration latency, int pageSize, long fileLimit) {
        this.loginRules = new AtomicReference<>(loginRules);
        latency(latency);
        pageSize(pageSize);
        fileLimit(fileLimit);
    }

    /** Which logins are accepted. */
    public LoginRules loginRules() {
        return loginRules.get();
    }

    /** Other rules for logins; sessions that are open live on. */
    public void changeLoginRules(UnaryOperator<LoginRules> change) {
        loginRules.updateAndGet(change);
    }

    /** Time that passes before each call of the data API is worked on. */
    public Duration latency() {
        return latency;
    }

    public void latency(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("latency must be 0 or more, not " + time);
        }
        latency = time;
    }

    /** Most records in a page of a query. */
    public int pageSize() {
        return pageSize;
    }

    public void pageSize(int records) {
        if (records < 1 || records > 2_000) {
            throw new IllegalArgumentException("pageSize must be 1 to 2000, not " + records);
        }
        pageSize = records;
    }

    /** Most bytes of one file of a multipart request. */
    public long fileLimit() {
        return fileLimit;
    }

    public void fileLimit(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("fileLimit must be 1 or more, not " + bytes);
        }
        fileLimit = bytes;
    }
}
