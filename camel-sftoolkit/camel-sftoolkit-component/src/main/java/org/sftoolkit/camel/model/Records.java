package org.sftoolkit.camel.model;

import java.util.Iterator;
import java.util.List;

/**
 * The records of a request, as an operation takes them.
 *
 * @param single   whether one record was given rather than a list, so that one result is expected
 * @param inMemory whether the iterator can be asked on an event loop: false for streams, whose reading may block, and which
 *                 are not kept
 * @param iterator the records in order; read once
 * @param close    closes what the records are read from; called once, when they were read or will not be
 */
public record Records(boolean single, boolean inMemory, Iterator<SourceRecord> iterator, AutoCloseable close) {

    /** One record. */
    public static Records one(SourceRecord record) {
        return new Records(true, true, List.of(record).iterator(), () -> {});
    }

    /** A list of records that is in memory already. */
    public static Records of(List<SourceRecord> records) {
        return new Records(false, true, records.iterator(), () -> {});
    }

    /** Records read one by one from a source that may block. */
    public static Records streamed(Iterator<SourceRecord> records, AutoCloseable close) {
        return new Records(false, false, records, close);
    }
}
