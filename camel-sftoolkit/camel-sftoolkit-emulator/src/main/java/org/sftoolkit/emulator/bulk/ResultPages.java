package org.sftoolkit.emulator.bulk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The rows of a query job on disk, of which any range can be given out. Immutable once written. */
final class ResultPages {

    /** A place is remembered for every so many rows; from there it is counted. */
    private static final int INDEXED = 256;

    private final Path file;
    private final byte[] header;
    private final long rows;
    private final long end;
    private final long[] index;

    private ResultPages(Path file, byte[] header, long rows, long end, long[] index) {
        this.file = file;
        this.header = header;
        this.rows = rows;
        this.end = end;
        this.index = index;
    }

    /** Writes the rows; header and values quoted, as for query jobs. */
    static ResultPages write(Path file, BulkJob.Order order, List<String> columns, Iterator<List<String>> rows)
            throws IOException {
        long[] index = new long[16];
        long count = 0;
        long at = 0;
        StringBuilder line = new StringBuilder();
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            while (rows.hasNext()) {
                if (count % INDEXED == 0) {
                    int place = (int) (count / INDEXED);
                    index = place < index.length ? index : Arrays.copyOf(index, index.length * 2);
                    index[place] = at;
                }
                byte[] bytes = line(line, order, rows.next());
                out.write(bytes);
                at += bytes.length;
                count++;
            }
        }
        return new ResultPages(file, line(line, order, columns), count, at, index);
    }

    Path file() {
        return file;
    }

    byte[] header() {
        return header;
    }

    long rows() {
        return rows;
    }

    /** Where in the file the row of that number, from 0, begins; the end of the file for the one behind the last. */
    long place(long row) throws IOException {
        if (row >= rows) {
            return end;
        }
        long at = index[(int) (row / INDEXED)];
        long missing = row % INDEXED;
        if (missing == 0) {
            return at;
        }
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "r")) {
            random.seek(at);
            InputStream in = new BufferedInputStream(Channels.newInputStream(random.getChannel()), 1 << 14);
            boolean quoted = false;
            while (missing > 0) {
                int c = in.read();
                at++;
                if (c == '"') {
                    quoted = !quoted;
                } else if (c == '\n' && !quoted) {
                    missing--;
                }
            }
        }
        return at;
    }

    private static byte[] line(StringBuilder line, BulkJob.Order order, List<String> cells) {
        line.setLength(0);
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                line.append(order.delimiter().character());
            }
            String cell = cells.get(i);
            line.append('"')
                    .append(cell.indexOf('"') < 0 ? cell : cell.replace("\"", "\"\""))
                    .append('"');
        }
        return line.append(order.lineEnding().text()).toString().getBytes(StandardCharsets.UTF_8);
    }
}
