package org.sftoolkit.camel.poll;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far deliveries have come, in whatever order they complete: the position passes one only when it and all before it have
 * completed. Thread-safe.
 */
public final class Progress {

    /** A delivery under way: one record, or several that go together. */
    public static final class Delivery {
        private final List<PolledRecord> records;
        private final Cursor after;
        private boolean done;

        private Delivery(List<PolledRecord> records, Cursor after) {
            this.records = records;
            this.after = after;
        }
    }

    private final Deque<Delivery> line = new ArrayDeque<>();
    /** Versions under way by Id. */
    private final Map<String, Position> underWay = new HashMap<>();

    private final DeliveredLog log;
    private final boolean skipFailures;
    private Cursor cursor;
    private int inFlight;
    private Throwable failure;

    /**
     * @param cursor       where deliveries begin
     * @param log          what was delivered; used under this object's lock only
     * @param skipFailures whether a delivery that failed counts as done
     */
    public Progress(Cursor cursor, DeliveredLog log, boolean skipFailures) {
        this.cursor = cursor;
        this.log = log;
        this.skipFailures = skipFailures;
    }

    /** Whether this version is still to be delivered: neither was it, nor is it under way. */
    public synchronized boolean isNew(PolledRecord record) {
        return !log.contains(record.position())
                && !record.position().equals(underWay.get(record.position().id()));
    }

    /** Waits until no other version of the record is under way, so that versions of a record arrive in their order. */
    public synchronized void awaitEarlierVersion(PolledRecord record) throws InterruptedException {
        while (underWay.containsKey(record.position().id())) {
            wait();
        }
    }

    /** Waits until at most this many deliveries are under way, or for this time. */
    public synchronized void awaitInFlight(int most, long millis) throws InterruptedException {
        if (inFlight > most) {
            wait(millis);
        }
    }

    /** Begins a delivery; {@link #end} has to follow, on whatever thread. Its records are in their order. */
    public synchronized Delivery begin(List<PolledRecord> records) {
        var delivery = new Delivery(records, records.get(records.size() - 1).after());
        line.add(delivery);
        records.forEach(record -> underWay.put(record.position().id(), record.position()));
        inFlight++;
        return delivery;
    }

    /** Ends a delivery; {@code cause} is null where it succeeded. */
    public synchronized void end(Delivery delivery, Throwable cause) {
        inFlight--;
        delivery.records.forEach(record -> underWay.remove(record.position().id()));
        if (cause == null || skipFailures) {
            delivery.records.forEach(record -> log.add(record.position()));
            delivery.done = true;
            advance();
        } else if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    /** There is nothing to deliver up to here. */
    public synchronized void pass(Cursor after) {
        var nothing = new Delivery(List.of(), after);
        nothing.done = true;
        line.add(nothing);
        advance();
    }

    /** A stream was delivered, read up to this place; null for not at all. */
    public synchronized void streamed(DeliveredLog read, Cursor after, Throwable cause) {
        if (cause == null || skipFailures) {
            log.addAll(read);
            if (after != null) {
                pass(after);
            }
        } else {
            failure = cause;
        }
        notifyAll();
    }

    /** Forgets what was delivered with an older stamp; null for nothing. */
    public synchronized void forgetBefore(Instant stamp) {
        if (stamp != null) {
            log.forgetBefore(stamp);
        }
    }

    private void advance() {
        while (!line.isEmpty() && line.peek().done) {
            cursor = line.poll().after;
        }
    }

    /** Where to go on: behind the last delivery before which all have completed. */
    public synchronized Cursor cursor() {
        return cursor;
    }

    /** Why the first delivery failed that failed and was not skipped; null for none. */
    public synchronized Throwable failure() {
        return failure;
    }

    /** Deliveries under way. */
    public synchronized int inFlight() {
        return inFlight;
    }
}
