package org.sftoolkit.camel.bulk;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable RepeatableBytes source;
    /** Null as long as rows are only counted. */
    private @Nullable Temporary moved;

    private long from = -1;
    private long to = -1;
    private byte[] tail = NOTHING;
    private long bytes;
    private long rows;

    /** A file that rows are written to. */
    private record Temporary(Path file, OutputStream out) {}

    /** @param source where rows can be read again; null if they cannot */
    PartWriter(BulkAction action, byte[] header, long limit, @Nullable RepeatableBytes source) {
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
        if (source != null && moved == null && follows && (last || row.endsWith(end))) {
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
        if (moved == null) {
            Path file = Files.createTempFile("sftoolkit-bulk-", ".csv");
            moved = new Temporary(file, new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
            PartContent.Blocks before = counted().blocks();
            for (Buffer block = before.next(); block != null; block = before.next()) {
                moved.out().write(block.getBytes());
            }
        }
        return moved.out();
    }

    /** The header, and the rows that were only counted. */
    private PartContent counted() {
        return source == null
                ? PartContent.all(RepeatableBytes.of(header), header.length)
                : new PartContent(header, source, from, to, tail);
    }

    BulkPart end(int number) throws IOException {
        if (moved == null) {
            return new BulkPart(number, action, counted(), rows, null);
        }
        moved.out().close();
        RepeatableBytes content =
                Objects.requireNonNull(RepeatableBytes.of(moved.file()), "a file made here is a regular one");
        return new BulkPart(number, action, PartContent.all(content, bytes), rows, moved.file());
    }

    /** Gives it up. */
    void discard() throws IOException {
        if (moved != null) {
            moved.out().close();
            Files.deleteIfExists(moved.file());
        }
    }
}
