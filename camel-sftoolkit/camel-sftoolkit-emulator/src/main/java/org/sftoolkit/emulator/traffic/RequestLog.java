package org.sftoolkit.emulator.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts and remembers the requests for Salesforce's own resources. All of them are counted; the newest 20,000 are
 * remembered. Safe for threads.
 */
public final class RequestLog {

    private static final int REMEMBERED = 20_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<Long, Entry> open = new HashMap<>();
    private final List<Consumer<LoggedRequest>> listeners = new ArrayList<>();
    private int peak;
    private int keptBody;
    private long moment;
    private long total;

    /**
     * A request, and the moments between which it was worked on.
     *
     * @param request null until it has ended
     */
    private record Entry(String method, String resource, String path, long began, long ended, LoggedRequest request) {

        boolean fits(ResourceKey key) {
            return key.matches(method, resource, path);
        }
    }

    /** A request has arrived. Answers a ticket for {@link #end}. */
    public synchronized long begin(String method, String resource, String path) {
        long ticket = moment++;
        open.put(ticket, new Entry(method, resource, path, ticket, Long.MAX_VALUE, null));
        peak = Math.max(peak, open.size());
        return ticket;
    }

    /** Its answer is sent, or its connection gone. */
    public void end(long ticket, LoggedRequest request) {
        List<Consumer<LoggedRequest>> told;
        synchronized (this) {
            Entry begun = open.remove(ticket);
            total++;
            entries.addLast(
                    new Entry(begun.method(), begun.resource(), begun.path(), begun.began(), moment++, request));
            if (entries.size() > REMEMBERED) {
                entries.removeFirst();
            }
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> listener.accept(request));
    }

    /** Keeps the beginning of each request's body from now on; default 0, none. Bodies may hold passwords. */
    public synchronized RequestLog keepBodies(int mostCharacters) {
        keptBody = mostCharacters;
        return this;
    }

    /** Most characters of a body that are kept. */
    public synchronized int keptBody() {
        return keptBody;
    }

    /** Tells of each request when it has ended; on the thread that answers it, so that a listener must be quick. */
    public synchronized void listen(Consumer<LoggedRequest> listener) {
        listeners.add(listener);
    }

    /** Ends {@link #listen}. */
    public synchronized void forget(Consumer<LoggedRequest> listener) {
        listeners.remove(listener);
    }

    /** Number of requests answered since the start or the last {@link #reset()}. */
    public synchronized long count() {
        return total;
    }

    /** Number of remembered requests that fit a {@link ResourceKey}. */
    public long count(String resourceKey) {
        return list(resourceKey).size();
    }

    /** The remembered requests, in the order in which they were answered. */
    public synchronized List<LoggedRequest> list() {
        List<LoggedRequest> requests = new ArrayList<>(entries.size());
        entries.forEach(entry -> requests.add(entry.request()));
        return requests;
    }

    /** Those that fit a {@link ResourceKey}. */
    public synchronized List<LoggedRequest> list(String resourceKey) {
        ResourceKey key = ResourceKey.of(resourceKey);
        return entries.stream()
                .filter(entry -> entry.fits(key))
                .map(Entry::request)
                .toList();
    }

    /** Number of requests being worked on now. */
    public synchronized int inFlight() {
        return open.size();
    }

    /** Largest number of requests ever worked on at once. */
    public synchronized int peakInFlight() {
        return peak;
    }

    /**
     * Largest number of requests that fit a {@link ResourceKey} and were worked on at once, among those that are remembered.
     *
     * @param resourceKey such as {@code "POST composite/sobjects"}, {@code "GET sobjects/{object}/{id}"} or {@code "jobs/*"}
     */
    public synchronized int peakInFlight(String resourceKey) {
        ResourceKey key = ResourceKey.of(resourceKey);
        Map<Long, Integer> changes = new TreeMap<>();
        entries.stream().filter(entry -> entry.fits(key)).forEach(entry -> {
            changes.put(entry.began(), 1);
            changes.put(entry.ended(), -1);
        });
        open.values().stream().filter(entry -> entry.fits(key)).forEach(entry -> changes.put(entry.began(), 1));
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    /** Forgets all requests and peaks, except those that are being worked on. */
    public synchronized void reset() {
        entries.clear();
        total = 0;
        peak = open.size();
    }
}
