package org.sftoolkit.emulator.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts and remembers the requests for Salesforce's own resources. All of them are counted; the newest 20,000 are
 * remembered. Safe for threads.
 */
public final class RequestLog {

    private static final int REMEMBERED = 20_000;

    private final Deque<LoggedRequest> requests = new ArrayDeque<>();
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Integer> peaks = new HashMap<>();
    private long total;

    /** A request has arrived. */
    public synchronized void begin(String method, String resource) {
        for (String key : List.of("", resource, method + " " + resource)) {
            int now = inFlight.merge(key, 1, Integer::sum);
            peaks.merge(key, now, Math::max);
        }
    }

    /** Its answer is sent, or its connection gone. */
    public synchronized void end(LoggedRequest request) {
        for (String key : List.of("", request.resource(), request.method() + " " + request.resource())) {
            inFlight.merge(key, -1, Integer::sum);
        }
        total++;
        requests.addLast(request);
        if (requests.size() > REMEMBERED) {
            requests.removeFirst();
        }
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
        return new ArrayList<>(requests);
    }

    /** Those that fit a {@link ResourceKey}. */
    public List<LoggedRequest> list(String resourceKey) {
        ResourceKey key = ResourceKey.of(resourceKey);
        return list().stream()
                .filter(request -> key.matches(request.method(), request.resource(), request.path()))
                .toList();
    }

    /** Number of requests being worked on now. */
    public synchronized int inFlight() {
        return inFlight.getOrDefault("", 0);
    }

    /** Largest number of requests ever worked on at once. */
    public synchronized int peakInFlight() {
        return peaks.getOrDefault("", 0);
    }

    /**
     * Largest number of requests for one resource ever worked on at once.
     *
     * @param resourceKey {@code "METHOD resource"} or {@code "resource"}, the resource by its name in the table of
     *     endpoints, such as {@code "POST composite/sobjects"} or {@code "GET sobjects/{object}/{id}"}
     */
    public synchronized int peakInFlight(String resourceKey) {
        return peaks.getOrDefault(resourceKey, 0);
    }

    /** Forgets all requests and peaks, except those that are being worked on. */
    public synchronized void reset() {
        requests.clear();
        total = 0;
        peaks.clear();
        peaks.putAll(inFlight);
    }
}
