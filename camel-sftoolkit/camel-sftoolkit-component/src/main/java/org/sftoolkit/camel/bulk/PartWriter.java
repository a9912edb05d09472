package org.sftoolkit.camel.bulk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sftoolkit.camel.operation.BulkAction;

/** Writes the data of one job, up to its limit in bytes. Not thread-safe. */
final class PartWriter {

    private final BulkAction action;
    private final long limit;
    private final Path file;
    private final OutputStream out;
    private long bytes;
    private long rows;

    PartWriter(BulkAction action, byte[] header, long limit) throws IOException {
        this.action = action;
        this.limit = limit;
        this.file = Files.createTempFile("sftoolkit-bulk-", ".csv");
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        out.write(header);
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
        row.writeTo(out);
        bytes += row.length();
        rows++;
    }

    void write(byte[] row, int from, int length, byte[] end) throws IOException {
        out.write(row, from, length);
        out.write(end);
        bytes += length + end.length;
        rows++;
    }

    BulkPart end(int number) throws IOException {
        out.close();
        return new BulkPart(number, action, file, bytes, rows);
    }

    /** Gives it up. */
    void discard() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
