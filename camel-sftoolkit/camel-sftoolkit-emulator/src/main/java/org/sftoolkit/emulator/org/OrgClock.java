package org.sftoolkit.emulator.org;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/** The org's time: that of another clock, which can be moved on or stopped while the org runs. Safe for threads. */
public final class OrgClock extends Clock {

    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;
    /** Where it stands; null while it runs. */
    private volatile Instant standing;

    /** @param base gives the time unless this clock is moved or stopped */
    public OrgClock(Clock base) {
        this.base = Objects.requireNonNull(base, "base");
    }

    /** Stops it at this instant. */
    public synchronized void stopAt(Instant instant) {
        standing = Objects.requireNonNull(instant, "instant");
    }

    /** Moves it on, or back if negative; a stopped clock stays stopped. Answers what it shows then. */
    public synchronized Instant advance(Duration by) {
        if (standing != null) {
            standing = standing.plus(by);
        } else {
            ahead = ahead.plus(by);
        }
        return instant();
    }

    /** Lets it show the time of its base again. */
    public synchronized void reset() {
        standing = null;
        ahead = Duration.ZERO;
    }

    /** Whether it has been stopped. */
    public boolean stopped() {
        return standing != null;
    }

    /** How far a running clock is ahead of its base. */
    public Duration ahead() {
        return ahead;
    }

    @Override
    public Instant instant() {
        Instant stop = standing;
        return stop != null ? stop : base.instant().plus(ahead);
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
