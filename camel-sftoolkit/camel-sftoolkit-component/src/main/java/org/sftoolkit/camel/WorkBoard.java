package org.sftoolkit.camel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The exchanges of a component that are in progress, and the last ones that took long, for consoles. Thread-safe. */
final class WorkBoard {

    private static final int KEPT = 20;
    private static final Duration LONG = Duration.ofSeconds(1);

    private final Set<WorkTracker> trackers = ConcurrentHashMap.newKeySet();
    private final Deque<Map<String, Object>> ended = new ArrayDeque<>();

    void add(WorkTracker tracker) {
        trackers.add(tracker);
    }

    void remove(WorkTracker tracker) {
        trackers.remove(tracker);
    }

    /** Keeps it if it took a second or more, or longer than its interval: else single records would drive out what matters. */
    void ended(Work work, Duration interval) {
        boolean told = !interval.isZero() && work.duration().compareTo(interval) >= 0;
        if (told || work.duration().compareTo(LONG) >= 0) {
            synchronized (ended) {
                ended.addFirst(work.describe());
                if (ended.size() > KEPT) {
                    ended.removeLast();
                }
            }
        }
    }

    /** What is under way. */
    List<Map<String, Object>> running() {
        return trackers.stream()
                .map(WorkTracker::running)
                .flatMap(Collection::stream)
                .map(Work::describe)
                .toList();
    }

    /** The last that ended, the newest first. */
    List<Map<String, Object>> lastEnded() {
        synchronized (ended) {
            return List.copyOf(ended);
        }
    }
}
