package org.sftoolkit.emulator.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The events that are kept, in order, and the positions among them. Numbers rise with gaps and begin with the time, so that those
 * of an earlier run are not those of this one. Safe for threads.
 */
final class EventLog {

    private static final int WIDEST_GAP = 5;
    private static final long PER_MILLI = 1_000;
    private static final long MIGRATION = 1_000_000_000_000L;
    private static final Duration FRESH = Duration.ofMinutes(1);

    /**
     * An event, or a position between two events that somebody was told.
     *
     * @param payload null for a position
     */
    record Entry(long number, Instant at, EventPayload payload) {}

    /**
     * Events that fit.
     *
     * @param end the position up to which was looked
     */
    record Found(List<Entry> entries, long end) {}

    private final Clock clock;
    private final Random random;
    private final Supplier<EventSettings> settings;
    private final ConcurrentNavigableMap<Long, Entry> entries = new ConcurrentSkipListMap<>();
    private long last;
    private long lost;
    /** By object or platform event. */
    private final Map<String, Entry> newestLost = new HashMap<>();

    private int events;

    EventLog(Clock clock, Random random, Supplier<EventSettings> settings) {
        this.clock = clock;
        this.random = random;
        this.settings = settings;
        this.last = clock.millis() * PER_MILLI + random.nextInt((int) PER_MILLI);
        mark();
    }

    synchronized Entry append(EventPayload payload) {
        Entry entry = add(payload);
        events++;
        prune();
        return entry;
    }

    /** A position behind all events, no older than a minute. */
    synchronized long mark() {
        prune();
        Map.Entry<Long, Entry> newest = entries.lastEntry();
        boolean fresh = newest != null && newest.getValue().at().plus(FRESH).isAfter(clock.instant());
        return fresh ? newest.getKey() : add(null).number();
    }

    /** The position before all events that are kept. */
    synchronized long beginning() {
        prune();
        return lost;
    }

    /** Whether that position was told, and everything behind it is still kept. */
    synchronized boolean isKnown(long number) {
        prune();
        return entries.containsKey(number);
    }

    /** Whether events behind that position that fit are gone. */
    synchronized boolean hasLost(long position, Predicate<EventPayload> fits) {
        return position < lost
                && newestLost.values().stream()
                        .anyMatch(entry -> entry.number() > position && fits.test(entry.payload()));
    }

    /** The next events behind a position that fit, in order. */
    Found after(long position, int mostEvents, Predicate<EventPayload> fits) {
        List<Entry> found = new ArrayList<>();
        long end = position;
        for (Entry entry : entries.tailMap(position, false).values()) {
            if (found.size() == mostEvents) {
                break;
            }
            if (entry.payload() != null && fits.test(entry.payload())) {
                found.add(entry);
            }
            end = entry.number();
        }
        return new Found(found, end);
    }

    /** The newest events, newest first. */
    List<Entry> newest(int mostEvents) {
        return entries.descendingMap().values().stream()
                .filter(entry -> entry.payload() != null)
                .limit(mostEvents)
                .toList();
    }

    /** Gives all events other numbers, so that no position of before is known. */
    synchronized void migrate() {
        List<Entry> old = List.copyOf(entries.values());
        entries.clear();
        last += MIGRATION;
        lost = last;
        for (Entry entry : old) {
            if (entry.payload() != null) {
                put(new Entry(next(), entry.at(), entry.payload()));
            }
        }
        mark();
    }

    /** Forgets all events and positions. */
    synchronized void clear() {
        entries.clear();
        events = 0;
        newestLost.clear();
        lost = last;
        add(null);
    }

    private Entry add(EventPayload payload) {
        return put(new Entry(next(), clock.instant(), payload));
    }

    private Entry put(Entry entry) {
        entries.put(entry.number(), entry);
        return entry;
    }

    private long next() {
        last += 1 + random.nextInt(WIDEST_GAP);
        return last;
    }

    private void prune() {
        Instant oldest = clock.instant().minus(settings.get().retention());
        int most = settings.get().kept();
        Map.Entry<Long, Entry> first = entries.firstEntry();
        while (first != null && (events > most || first.getValue().at().isBefore(oldest))) {
            entries.remove(first.getKey());
            if (first.getValue().payload() != null) {
                events--;
                lost = first.getKey();
                newestLost.put(first.getValue().payload().entity(), first.getValue());
            }
            first = entries.firstEntry();
        }
    }
}
