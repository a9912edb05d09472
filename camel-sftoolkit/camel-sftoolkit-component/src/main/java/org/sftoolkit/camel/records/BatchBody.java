package org.sftoolkit.camel.records;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * The body of a request that writes many records: each is encoded once, straight to its place. Not thread-safe until it has
 * ended; nobody changes it then.
 */
final class BatchBody {

    private static final String TAIL = "]}";

    private final Buffer bytes;
    private final int start;

    /** @param expected bytes that all of it will need, as far as one knows */
    BatchBody(boolean allOrNone, int expected) {
        String head = head(allOrNone);
        bytes = Buffer.buffer(expected).appendString(head);
        start = head.length();
    }

    /** Adds the record that the encoder wrote last. */
    EncodedRecord add(EncodedRecord.Encoder encoder) {
        if (bytes.length() > start) {
            bytes.appendByte((byte) ',');
        }
        return encoder.appendTo(bytes);
    }

    /** Ends the body: it takes no more records. Returns its length in bytes. */
    int end() {
        return bytes.appendString(TAIL).length();
    }

    /** The body with these records: the one that they were added to, if they are all of it. */
    static Buffer of(boolean allOrNone, List<EncodedRecord> records) {
        return isWhole(allOrNone, records) ? records.get(0).bytes() : joined(allOrNone, records);
    }

    private static boolean isWhole(boolean allOrNone, List<EncodedRecord> records) {
        if (records.isEmpty()) {
            return false;
        }
        Buffer bytes = records.get(0).bytes();
        int place = head(allOrNone).length();
        for (EncodedRecord record : records) {
            if (record.bytes() != bytes || record.from() != place) {
                return false;
            }
            place = record.to() + 1;
        }
        return bytes.length() == place - 1 + TAIL.length();
    }

    private static Buffer joined(boolean allOrNone, List<EncodedRecord> records) {
        String head = head(allOrNone);
        int size = head.length() + TAIL.length() + records.size();
        for (EncodedRecord record : records) {
            size += record.length();
        }
        Buffer joined = Buffer.buffer(size).appendString(head);
        for (int i = 0; i < records.size(); i++) {
            EncodedRecord record = records.get(i);
            if (i > 0) {
                joined.appendByte((byte) ',');
            }
            joined.appendBuffer(record.bytes(), record.from(), record.length());
        }
        return joined.appendString(TAIL);
    }

    private static String head(boolean allOrNone) {
        return allOrNone ? "{\"allOrNone\":true,\"records\":[" : "{\"allOrNone\":false,\"records\":[";
    }
}
