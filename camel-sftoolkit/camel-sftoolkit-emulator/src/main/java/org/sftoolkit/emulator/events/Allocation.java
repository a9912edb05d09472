package org.sftoolkit.emulator.events;

import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** So many events within a time that moves along with the clock. Safe for threads. */
final class Allocation {

    private static final int STEPS = 240;

    private final Clock clock;
    private final long window;
    private final IntSupplier limit;
    /** By the time, in steps of the window. */
    private final TreeMap<Long, Integer> used = new TreeMap<>();

    Allocation(Clock clock, Duration window, IntSupplier limit) {
        this.clock = clock;
        this.window = window.toMillis();
        this.limit = limit;
    }

    /** Takes as many as are left, at most {@code wanted}. Answers how many. */
    synchronized int take(int wanted) {
        int taken = Math.min(wanted, remaining());
        if (taken > 0) {
            used.merge(step(), taken, Integer::sum);
        }
        return taken;
    }

    private synchronized int remaining() {
        used.headMap(step() - STEPS).clear();
        return Math.max(
                0,
                limit.getAsInt()
                        - used.values().stream().mapToInt(Integer::intValue).sum());
    }

    EventBus.Allowance allowance() {
        return new EventBus.Allowance(limit.getAsInt(), remaining());
    }

    private long step() {
        return clock.millis() / (window / STEPS);
    }
}
