package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.CsvReader;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.CsvLineEnding;

/**
 * Passes CSV through as bytes. It is split at row ends, the header is repeated, and line endings are those of the
 * job. An ambiguous row is rewritten.
 */
final class CsvParts implements BulkParts {

    private final BulkInput.Csv csv;
    private final CallOptions options;
    private final BulkAction action;
    private final byte[] end;
    private final CsvRow written;
    private final BulkRecords records;
    private int row;
    private volatile CsvInput input;
    private byte[] header;
    private PartWriter part;
    private boolean waiting;
    private int parts;
    private volatile boolean closed;

    CsvParts(BulkInput.Csv csv, CallOptions options, BulkAction action) {
        this(csv, options, action, null);
    }

    /** @param records hears of each row; null if nobody does */
    CsvParts(BulkInput.Csv csv, CallOptions options, BulkAction action, BulkRecords records) {
        this.records = options.bulk().matchRows() ? records : null;
        this.csv = csv;
        this.options = options;
        this.action = action;
        this.end =
                (options.bulk().lineEnding() == CsvLineEnding.CRLF ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII);
        this.written = new CsvRow(options.bulk().delimiter(), options.bulk().lineEnding());
    }

    @Override
    public synchronized Optional<BulkPart> next() throws IOException {
        if (input == null) {
            open();
        }
        while (waiting || input.next()) {
            waiting = true;
            if (closed) {
                throw new IOException("the load has ended");
            }
            if (input.defect() != null) {
                throw new InvalidBodyException(input.defect(), null);
            }
            if (part == null) {
                part = new PartWriter(action, header, options.bulk().maxJobBytes(), csv.again());
            }
            if (!write(input.row())) {
                return ended();
            }
            if (records != null) {
                records.written(parts, row++, input.header(), input.row().cells());
            }
            waiting = false;
        }
        return part == null ? Optional.empty() : ended();
    }

    private void open() {
        input = CsvInput.open(csv.utf8(), options.bulk().delimiter(), csv.declared());
        BulkHeader.check(input.header(), action, options);
        written.row(input.header());
        header = written.toBytes();
    }

    private boolean write(CsvReader row) throws IOException {
        if (row.isExact()) {
            boolean fits = fits(row.length() + end.length);
            if (fits) {
                part.write(row, end);
            }
            return fits;
        }
        written.row(row.cells());
        boolean fits = fits(written.length());
        if (fits) {
            part.write(written);
        }
        return fits;
    }

    /** Whether a row has room in this part; the first one that has not is too large for any. */
    private boolean fits(int bytes) {
        if (part.takes(bytes)) {
            return true;
        }
        if (part.rows() == 0) {
            throw new IllegalArgumentException(
                    "a single row has " + bytes + " bytes, which with the header is more than maxJobBytes="
                            + options.bulk().maxJobBytes() + ": increase maxJobBytes, or shorten the row");
        }
        return false;
    }

    private Optional<BulkPart> ended() throws IOException {
        BulkPart ended = part.end(parts++);
        part = null;
        return Optional.of(ended);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            // first, for it may be read meanwhile
            csv.utf8().close();
        } finally {
            discard();
        }
    }

    private synchronized void discard() throws IOException {
        if (part != null) {
            part.discard();
            part = null;
        }
    }
}
