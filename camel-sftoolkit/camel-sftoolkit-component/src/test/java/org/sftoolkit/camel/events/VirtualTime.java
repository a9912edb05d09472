package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** A loop and its clock, which moves when there is nothing else to do. */
final class VirtualTime implements Executor {

    private record Timer(long at, long number, Runnable ring) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long now;
    private long numbers;

    @Override
    public void execute(Runnable step) {
        steps.add(step);
    }

    Runnable in(Duration wait, Runnable ring) {
        var timer = new Timer(now + wait.toNanos(), numbers++, ring);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    long nanos() {
        return now;
    }

    Instant instant() {
        return Instant.parse("2026-11-28T00:00:00Z").plusNanos(now);
    }

    int timers() {
        return timers.size();
    }

    SubscriptionTime time() {
        return new SubscriptionTime(this::nanos, this::instant, this::in);
    }

    /** Takes one step, or moves to the next ring; false if there is nothing to do any more. */
    boolean step() {
        Runnable step = steps.poll();
        if (step == null) {
            Timer timer = timers.poll();
            if (timer == null) {
                return false;
            }
            now = Math.max(now, timer.at());
            step = timer.ring();
        }
        step.run();
        return true;
    }

    /** Goes on until this holds; fails after so much time of its own. */
    void until(Duration most, BooleanSupplier end) {
        long last = now + most.toNanos();
        while (!end.getAsBoolean()) {
            if (now > last || !step()) {
                throw new AssertionError("nothing happened any more, or not within " + most + ", at " + instant());
            }
        }
    }

    /** Lets so much time pass. */
    void pass(Duration time) {
        long last = now + time.toNanos();
        in(time, () -> {});
        while (now < last || !steps.isEmpty()) {
            step();
        }
    }
}
