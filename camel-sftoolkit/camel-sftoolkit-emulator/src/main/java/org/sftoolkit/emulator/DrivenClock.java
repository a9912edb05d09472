package org.sftoolkit.emulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is set, for {@link EmulatorBuilder#clock}. Safe for threads. */
public final class DrivenClock extends Clock {

    private final AtomicReference<Instant> now;

    /** @param start what it shows at first */
    public DrivenClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** Moves it on, or back. Answers what it shows then. */
    public Instant advance(Duration by) {
        return now.updateAndGet(instant -> instant.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(instant(), zone);
    }
}
