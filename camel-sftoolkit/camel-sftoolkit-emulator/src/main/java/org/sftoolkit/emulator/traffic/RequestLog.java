package org.sftoolkit.emulator.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts and remembers the requests for Salesforce's own resources. All of them are counted; the newest 20,000 are
 * remembered. Safe for threads.
 */
public final class RequestLog {

    private static final int REMEMBERED = 20_000;
    /** Characters of all kept bodies together; beyond it those of the oldest requests are forgotten. */
    private static final long MOST_KEPT = 50_000_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Deque<Entry> withBodies = new ArrayDeque<>();
    private final Map<Long, Entry> open = new HashMap<>();
    private final List<Consumer<LoggedRequest>> listeners = new ArrayList<>();
    private int peak;
    private int keptBody;
    private long moment;
    private long total;
    private long kept;

    /** A request, and the moments between which it was worked on. */
    private static final class Entry {

        private final String method;
        private final String resource;
        private final String path;
        private final long began;
        private long ended = Long.MAX_VALUE;
        /** Null until it has ended. */
        private LoggedRequest request;

        Entry(String method, String resource, String path, long began) {
            this.method = method;
            this.resource = resource;
            this.path = path;
            this.began = began;
        }

        long bodies() {
            return (request.body() == null ? 0L : request.body().length())
                    + (request.answer() == null ? 0L : request.answer().length());
        }

        boolean fits(ResourceKey key) {
            return key.matches(method, resource, path);
        }
    }

    /** A request has arrived. Answers a ticket for {@link #end}. */
    public synchronized long begin(String method, String resource, String path) {
        long ticket = moment++;
        open.put(ticket, new Entry(method, resource, path, ticket));
        peak = Math.max(peak, open.size());
        return ticket;
    }

    /** Its answer is sent, or its connection gone. */
    public void end(long ticket, LoggedRequest request) {
        List<Consumer<LoggedRequest>> told;
        synchronized (this) {
            Entry entry = open.remove(ticket);
            total++;
            entry.ended = moment++;
            entry.request = request;
            entries.addLast(entry);
            if (entries.size() > REMEMBERED) {
                entries.removeFirst();
            }
            keep(entry);
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> listener.accept(request));
    }

    private void keep(Entry entry) {
        if (entry.bodies() > 0) {
            withBodies.addLast(entry);
            kept += entry.bodies();
        }
        while (kept > MOST_KEPT) {
            Entry oldest = withBodies.removeFirst();
            kept -= oldest.bodies();
            oldest.request = oldest.request.withoutBodies();
        }
    }

    /**
     * Keeps the beginning of each request's body and of its answer's from now on, of all requests together 50 million
     * characters; 0, the default, keeps no bodies. Bodies may contain passwords.
     */
    public synchronized RequestLog keepBodies(int mostCharacters) {
        if (mostCharacters < 0) {
            throw new IllegalArgumentException("keepBodies must be 0 or more, not " + mostCharacters);
        }
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
        entries.forEach(entry -> requests.add(entry.request));
        return requests;
    }

    /** Those that fit a {@link ResourceKey}. */
    public synchronized List<LoggedRequest> list(String resourceKey) {
        ResourceKey key = ResourceKey.of(resourceKey);
        return entries.stream()
                .filter(entry -> entry.fits(key))
                .map(entry -> entry.request)
                .toList();
    }

    /** A number that changes with each request that ends. */
    public synchronized long moment() {
        return moment;
    }

    /** A request with the number by which it is found again. */
    public record Numbered(long number, LoggedRequest request) {}

    /** The newest of the remembered requests that fit a {@link ResourceKey}, newest first. */
    public synchronized List<Numbered> newest(String resourceKey, int most) {
        ResourceKey key = ResourceKey.of(resourceKey);
        List<Numbered> newest = new ArrayList<>();
        Iterator<Entry> all = entries.descendingIterator();
        while (all.hasNext() && newest.size() < most) {
            Entry entry = all.next();
            if (entry.fits(key)) {
                newest.add(new Numbered(entry.began, entry.request));
            }
        }
        return newest;
    }

    /** The remembered request of that number. */
    public synchronized Optional<LoggedRequest> find(long number) {
        return entries.stream()
                .filter(entry -> entry.began == number)
                .map(entry -> entry.request)
                .findFirst();
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
            changes.put(entry.began, 1);
            changes.put(entry.ended, -1);
        });
        open.values().stream().filter(entry -> entry.fits(key)).forEach(entry -> changes.put(entry.began, 1));
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
        withBodies.clear();
        kept = 0;
        total = 0;
        peak = open.size();
    }
}
