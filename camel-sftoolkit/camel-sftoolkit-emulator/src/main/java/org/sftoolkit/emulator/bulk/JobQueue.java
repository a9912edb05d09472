package org.sftoolkit.emulator.bulk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Moves jobs on: by itself on one thread, made when first needed, or when it is told to. Jobs take turns, a step each. Safe
 * for threads.
 */
final class JobQueue implements AutoCloseable {

    /** Something to be done in steps. Safe for threads. */
    interface Work {

        /** Whether it is done, or given up. */
        boolean ended();

        /** Goes one step further. Answers whether it has ended. */
        boolean step();
    }

    private final Deque<Work> runs = new ArrayDeque<>();
    private final Supplier<Duration> delay;
    private boolean automatic;
    private ScheduledThreadPoolExecutor executor;
    private boolean scheduled;
    private boolean closed;

    JobQueue(boolean automatic, Supplier<Duration> delay) {
        this.automatic = automatic;
        this.delay = delay;
    }

    synchronized void add(Work run) {
        runs.addLast(run);
        schedule();
    }

    synchronized void automatic(boolean yes) {
        automatic = yes;
        schedule();
    }

    /** Moves the oldest waiting job one step on. Answers whether there was one. */
    boolean step() {
        Work run;
        synchronized (this) {
            run = runs.pollFirst();
        }
        if (run == null) {
            return false;
        }
        boolean ended = run.ended() || run.step();
        synchronized (this) {
            if (!ended) {
                runs.addLast(run);
            }
        }
        return true;
    }

    private void schedule() {
        if (!automatic || scheduled || closed || runs.isEmpty()) {
            return;
        }
        if (executor == null) {
            executor = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "sftoolkit-emulator-bulk");
                thread.setDaemon(true);
                return thread;
            });
        }
        scheduled = true;
        var unused = executor.schedule(this::turn, delay.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void turn() {
        try {
            step();
        } finally {
            synchronized (this) {
                scheduled = false;
                schedule();
            }
        }
    }

    @Override
    public void close() {
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            closed = true;
            running = executor;
        }
        if (running == null) {
            return;
        }
        running.shutdownNow();
        try {
            running.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
