package org.sftoolkit.camel.poll;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What goes to the route together. Ends with {@link Poller#ack}. */
public final class Delivery {

    /** What a delivery holds. */
    public enum Form {
        /** One record. */
        RECORD,
        /** Records up to a number. */
        LIST,
        /** All that is there for now, read while the delivery is under way: see {@link Poller#more}. */
        STREAM
    }

    private final DeliveryLine<Cursor> line;
    private final DeliveryLine.Entry<Cursor> entry;
    private final int index;
    private final int size;
    private final List<PolledRecord> records = new ArrayList<>();
    private boolean ended;

    Delivery(DeliveryLine<Cursor> line, DeliveryLine.Entry<Cursor> entry, int index, int size) {
        this.line = line;
        this.entry = entry;
        this.index = index;
        this.size = size;
    }

    /** Its records in their order; of a stream, those that were read so far. */
    public List<PolledRecord> records() {
        return Collections.unmodifiableList(records);
    }

    /** Number of the delivery among those of its page, from 0. */
    public int index() {
        return index;
    }

    /** Deliveries of its page. */
    public int size() {
        return size;
    }

    boolean holds(String id) {
        return records.stream().anyMatch(record -> record.position().id().equals(id));
    }

    void add(PolledRecord record) {
        records.add(record);
        line.add(record.position().id(), record.position(), record.after());
    }

    DeliveryLine<Cursor> line() {
        return line;
    }

    DeliveryLine.Entry<Cursor> entry() {
        return entry;
    }

    /** Answers true once. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    boolean hasEnded() {
        return ended;
    }
}
