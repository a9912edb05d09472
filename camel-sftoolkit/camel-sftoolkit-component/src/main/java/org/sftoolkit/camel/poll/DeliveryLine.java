package org.sftoolkit.camel.poll;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries in the order in which they began. They may end in any order; the position passes one only when it and all before
 * it have ended. Guarded by its owner's lock.
 *
 * @param <P> a position, of a type that the source chooses
 */
public final class DeliveryLine<P> {

    /** A delivery: what it holds, by key, and the position behind it. */
    public static final class Entry<P> {
        private final Map<String, Object> versions = new HashMap<>();
        private P after;
        private boolean done;

        private Entry(P after) {
            this.after = after;
        }
    }

    private final Deque<Entry<P>> line = new ArrayDeque<>();
    private final Map<String, Object> underWay = new HashMap<>();
    private P position;
    private int inFlight;
    /** The last entry, as long as more may be added to it. */
    private @Nullable Entry<P> growing;

    /** Begins at this position. */
    public DeliveryLine(P position) {
        this.position = position;
    }

    /** Begins a delivery to which records are added until {@link #close}. The position stays before it until it has ended. */
    public Entry<P> open() {
        var entry = new Entry<>(line.isEmpty() ? position : line.getLast().after);
        line.add(entry);
        growing = entry;
        inFlight++;
        return entry;
    }

    /** Adds this version of what the key names to the delivery that grows. */
    public void add(String key, Object version, P after) {
        Entry<P> entry = Objects.requireNonNull(growing, "no delivery is open");
        entry.versions.put(key, version);
        entry.after = after;
        underWay.put(key, version);
    }

    /** Nothing is added to it any more. */
    public void close(Entry<P> entry) {
        if (growing == entry) {
            growing = null;
        }
    }

    /** There is nothing to deliver up to here. */
    public void pass(P after) {
        if (line.isEmpty()) {
            position = after;
        } else {
            line.getLast().after = after;
        }
    }

    /** The delivery has ended, and its records are done. */
    public void done(Entry<P> entry) {
        end(entry);
        entry.done = true;
        while (!line.isEmpty() && line.getFirst().done) {
            position = line.removeFirst().after;
        }
    }

    /** The delivery has ended, and its records are to come again. */
    public void failed(Entry<P> entry) {
        end(entry);
    }

    private void end(Entry<P> entry) {
        close(entry);
        inFlight--;
        entry.versions.keySet().forEach(underWay::remove);
    }

    /** The version of this key that is being delivered, or null. */
    public @Nullable Object underWay(String key) {
        return underWay.get(key);
    }

    /** The position to continue from: after the last delivery before which all have ended. */
    public P position() {
        return position;
    }

    /** Deliveries under way. */
    public int inFlight() {
        return inFlight;
    }

    /** Whether the position has passed all that was delivered. */
    public boolean isSettled() {
        return line.isEmpty();
    }
}
