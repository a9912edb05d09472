package org.sftoolkit.camel.operation;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sftoolkit.camel.model.CsvRows;

/**
 * Passes CSV through, byte by byte: cut at the ends of rows, quotes respected, the header repeated, the ends of rows made what
 * the job says. Its header is checked; its values are not touched.
 */
final class CsvParts implements BulkParts {

    /** Salesforce takes 400,000 characters, of up to four bytes, which quotes may double. */
    private static final int LONGEST_ROW = 8_000_000;

    private final InputStream csv;
    private final CallOptions options;
    private final BulkAction action;
    private final byte[] end;
    private final byte[] block = new byte[1 << 16];
    private int at;
    private int filled;
    /** Holds rows that lie across blocks. */
    private byte[] joined = new byte[1024];
    /** Where the present row is: in the block, or in {@link #joined}. */
    private byte[] row = joined;

    private int from;
    private int length;
    private byte[] header;
    private PartWriter part;
    private boolean waiting;
    private int parts;

    CsvParts(InputStream csv, CallOptions options, BulkAction action) {
        this.csv = csv;
        this.options = options;
        this.action = action;
        this.end =
                (options.bulk().lineEnding() == CsvLineEnding.CRLF ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Optional<BulkPart> next() throws IOException {
        if (header == null && !readHeader()) {
            return Optional.empty();
        }
        while (waiting || readRow()) {
            waiting = true;
            if (part == null) {
                part = new PartWriter(action, header, options.bulk().maxJobBytes());
            }
            if (!part.takes(length + end.length)) {
                return ended();
            }
            part.write(row, from, length, end);
            waiting = false;
        }
        return part == null ? Optional.empty() : ended();
    }

    private Optional<BulkPart> ended() throws IOException {
        BulkPart ended = part.end(parts++);
        part = null;
        return Optional.of(ended);
    }

    private boolean readHeader() throws IOException {
        if (!readRow()) {
            return false;
        }
        String text = new String(row, from, length, StandardCharsets.UTF_8);
        List<String> columns;
        try (CsvRows rows =
                CsvRows.read(new StringReader(text), options.bulk().delimiter().character())) {
            columns = rows.header();
        }
        BulkHeader.check(columns, action, options);
        var names = new CsvRow(options.bulk().delimiter(), options.bulk().lineEnding());
        columns.forEach(names::cell);
        names.end();
        header = names.toBytes();
        return true;
    }

    /** Reads the next row that is not empty, without its end. Answers false where there is none. */
    private boolean readRow() throws IOException {
        do {
            length = 0;
            if (!readLine()) {
                return false;
            }
        } while (length == 0);
        return true;
    }

    private boolean readLine() throws IOException {
        boolean quoted = false;
        boolean any = false;
        while (true) {
            if (at == filled) {
                filled = csv.read(block);
                at = 0;
                if (filled <= 0) {
                    filled = 0;
                    requireClosed(quoted);
                    return any;
                }
            }
            any = true;
            int begin = at;
            while (at < filled) {
                byte c = block[at++];
                if (c == '"') {
                    quoted = !quoted;
                } else if (c == '\n' && !quoted) {
                    take(begin, at - 1);
                    length = length > 0 && row[from + length - 1] == '\r' ? length - 1 : length;
                    return true;
                }
            }
            join(begin, at);
        }
    }

    /** Takes the last part of a row, which is the whole of most. */
    private void take(int begin, int stop) throws IOException {
        if (length > 0) {
            join(begin, stop);
        } else {
            row = block;
            from = begin;
            length = stop - begin;
        }
    }

    private static void requireClosed(boolean quoted) throws IOException {
        if (quoted) {
            throw new IOException("the CSV ends within quotes: a quote is missing, or the delimiter is another one");
        }
    }

    private void join(int begin, int stop) throws IOException {
        int more = stop - begin;
        if (length + more > LONGEST_ROW) {
            throw new IOException(
                    "a row of the CSV has more than " + LONGEST_ROW
                            + " bytes, and Salesforce takes 400,000 characters: a quote is missing, or the delimiter is another one");
        }
        if (joined.length - length < more) {
            joined = Arrays.copyOf(joined, Math.max(joined.length * 2, length + more));
        }
        System.arraycopy(block, begin, joined, length, more);
        row = joined;
        from = 0;
        length += more;
    }

    @Override
    public void close() throws IOException {
        try (csv) {
            if (part != null) {
                part.discard();
            }
        }
    }
}
