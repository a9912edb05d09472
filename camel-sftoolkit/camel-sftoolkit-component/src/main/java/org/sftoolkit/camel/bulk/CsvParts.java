package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private final boolean matched;
    private int row;
    /** Null before the header was read. */
    private @Nullable Open open;
    /** Null between two parts. */
    private @Nullable PartWriter part;

    private boolean waiting;
    private int parts;
    private volatile boolean closed;

    /**
     * The rows behind a header.
     *
     * @param header as each part repeats it
     */
    private record Open(CsvInput rows, byte[] header) {}

    /** @param records hears of each row if somebody asks for its place */
    CsvParts(BulkInput.Csv csv, CallOptions options, BulkAction action, BulkRecords records) {
        this.records = records;
        this.matched = options.bulk().matchRows();
        this.csv = csv;
        this.options = options;
        this.action = action;
        this.end =
                (options.bulk().lineEnding() == CsvLineEnding.CRLF ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII);
        this.written = new CsvRow(options.bulk().delimiter(), options.bulk().lineEnding());
    }

    @Override
    public synchronized Optional<BulkPart> next() throws IOException {
        if (open == null) {
            open = open();
        }
        CsvInput input = open.rows();
        while (waiting || input.next()) {
            waiting = true;
            if (closed) {
                throw new IOException("the load has ended");
            }
            String defect = input.defect();
            if (defect != null) {
                throw new InvalidBodyException(defect, null);
            }
            if (part == null) {
                part = new PartWriter(action, open.header(), options.bulk().maxJobBytes(), csv.again());
            }
            if (!write(part, input.row())) {
                return ended(part);
            }
            if (matched) {
                records.written(parts, row++, input.header(), input.row().cells());
            }
            waiting = false;
        }
        return part == null ? Optional.empty() : ended(part);
    }

    private Open open() {
        CsvInput input = CsvInput.open(csv.utf8(), options.bulk().delimiter(), csv.declared());
        BulkHeader.check(input.header(), action, options);
        written.row(input.header());
        return new Open(input, written.toBytes());
    }

    private boolean write(PartWriter part, CsvReader row) throws IOException {
        if (row.isExact()) {
            boolean fits = fits(part, row.length() + end.length);
            if (fits) {
                part.write(row, end);
            }
            return fits;
        }
        written.row(row.cells());
        boolean fits = fits(part, written.length());
        if (fits) {
            part.write(written);
        }
        return fits;
    }

    /** Whether a row has room in this part; the first one that has not is too large for any. */
    private boolean fits(PartWriter part, int bytes) {
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

    private Optional<BulkPart> ended(PartWriter full) throws IOException {
        BulkPart ended = full.end(parts++);
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
