package org.sftoolkit.camel.model;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a request, as input of an operation. Reading them may block.
 *
 * @param single whether one record was given rather than a list, so that one result is expected
 * @param inMemory whether they are held in memory anyway, so that results may hold them too; false for streams
 * @param size number of records; null if it is not known before the end
 * @param iterator the records in order; read once
 * @param close closes what the records are read from; called once, when they were read or will not be
 */
public record Records(
        boolean single, boolean inMemory, @Nullable Long size, Iterator<SourceRecord> iterator, AutoCloseable close) {

    /** One record. */
    public static Records one(SourceRecord record) {
        return new Records(true, true, 1L, List.of(record).iterator(), () -> {});
    }

    /** A list of records that is in memory already. */
    public static Records of(List<SourceRecord> records) {
        return of(records.size(), records.iterator());
    }

    /** So many records whose originals are in memory already. */
    public static Records of(int size, Iterator<SourceRecord> records) {
        return new Records(false, true, (long) size, records, () -> {});
    }

    /** Records read one by one from a source that may block. */
    public static Records streamed(Iterator<SourceRecord> records, AutoCloseable close) {
        return new Records(false, false, null, records, close);
    }
}
