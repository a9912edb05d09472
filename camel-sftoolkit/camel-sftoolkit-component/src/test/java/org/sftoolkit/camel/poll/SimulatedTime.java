package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/** A driven clock and what is to happen by it: answers, alarms, ends of exchanges. One thread, no waiting. */
final class SimulatedTime implements Alarm {

    private record Event(long at, int order, Runnable what) {}

    private final Random random;
    private final List<Event> events = new ArrayList<>();
    private final LongConsumer passes;
    private long millis;

    /** @param passes hears of seconds that have passed */
    SimulatedTime(Random random, LongConsumer passes) {
        this.random = random;
        this.passes = passes;
    }

    long nanos() {
        return millis * 1_000_000;
    }

    void at(long inMillis, Runnable what) {
        events.add(new Event(millis + inMillis, random.nextInt(), what));
    }

    @Override
    public Runnable in(Duration time, Runnable ring) {
        boolean[] armed = {true};
        at(time.toMillis(), () -> {
            if (armed[0]) {
                ring.run();
            }
        });
        return () -> armed[0] = false;
    }

    /** An answer that comes later. */
    <T> Future<T> later(long inMillis, Future<T> answer) {
        Promise<T> promise = Promise.promise();
        at(inMillis, () -> answer.onComplete(promise));
        return promise.future();
    }

    void pass(long inMillis) {
        long target = millis + inMillis;
        while (next() != null && next().at() <= target) {
            step();
        }
        goTo(target);
    }

    /** Time passes, and what is due comes late. */
    void jump(long seconds) {
        goTo(millis + 1_000 * seconds);
    }

    /** The next thing happens. */
    void step() {
        Event next = next();
        if (next == null) {
            throw new AssertionError("waits for what will never happen");
        }
        events.remove(next);
        goTo(next.at());
        next.what().run();
    }

    /** The process is dead: nothing that it waited for happens to it. */
    void forget() {
        events.clear();
    }

    private Event next() {
        return events.stream()
                .min(Comparator.comparingLong(Event::at).thenComparingInt(Event::order))
                .orElse(null);
    }

    private void goTo(long target) {
        long seconds = target / 1_000 - millis / 1_000;
        millis = Math.max(millis, target);
        if (seconds > 0) {
            passes.accept(seconds);
        }
    }
}
