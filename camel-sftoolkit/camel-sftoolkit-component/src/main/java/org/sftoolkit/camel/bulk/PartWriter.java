package org.sftoolkit.camel.bulk;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sftoolkit.camel.model.CsvReader;
import org.sftoolkit.camel.operation.BulkAction;

/**
 * Collects the data of one job, up to its limit in bytes. Rows that follow each other in a source that can be read again are
 * only counted; the first row that is to be sent otherwise than it stands there moves all of them to a temporary file. Not
 * thread-safe.
 */
final class PartWriter {

    private static final byte[] NOTHING = {};

    private final BulkAction action;
    private final byte[] header;
    private final long limit;
    private final RepeatableBytes source;
    private Path file;
    private OutputStream out;
    private long from = -1;
    private long to = -1;
    private byte[] tail = NOTHING;
    private long bytes;
    private long rows;

    /** @param source where rows can be read again; null if they cannot */
    PartWriter(BulkAction action, byte[] header, long limit, RepeatableBytes source) {
        this.action = action;
        this.header = header;
        this.limit = limit;
        this.source = source;
        bytes = header.length;
    }

    BulkAction action() {
        return action;
    }

    /** Whether a row of so many bytes has room. */
    boolean takes(int rowBytes) {
        return bytes + rowBytes <= limit;
    }

    /** Rows so far, without the header. */
    long rows() {
        return rows;
    }

    void write(CsvRow row) throws IOException {
        row.writeTo(out());
        bytes += row.length();
        rows++;
    }

    /** Takes a row as it stands in its source, with this end of its line. */
    void write(CsvReader row, byte[] end) throws IOException {
        boolean follows = to < 0 || to == row.position();
        boolean last = row.endLength() == 0;
        if (source != null && out == null && follows && (last || row.endsWith(end))) {
            from = from < 0 ? row.position() : from;
            to = row.position() + row.length() + row.endLength();
            tail = last ? end : NOTHING;
        } else {
            OutputStream target = out();
            row.writeTo(target);
            target.write(end);
        }
        bytes += row.length() + end.length;
        rows++;
    }

    private OutputStream out() throws IOException {
        if (out == null) {
            file = Files.createTempFile("sftoolkit-bulk-", ".csv");
            out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            PartContent.Blocks before = new PartContent(header, source, from, to, tail).blocks();
            for (Buffer block = before.next(); block != null; block = before.next()) {
                out.write(block.getBytes());
            }
        }
        return out;
    }

    BulkPart end(int number) throws IOException {
        if (out == null) {
            return new BulkPart(number, action, new PartContent(header, source, from, to, tail), rows, null);
        }
        out.close();
        return new BulkPart(number, action, PartContent.all(RepeatableBytes.of(file), bytes), rows, file);
    }

    /** Gives it up. */
    void discard() throws IOException {
        if (out != null) {
            out.close();
            Files.deleteIfExists(file);
        }
    }
}
