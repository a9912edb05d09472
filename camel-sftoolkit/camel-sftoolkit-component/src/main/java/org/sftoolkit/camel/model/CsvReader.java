package org.sftoolkit.camel.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the rows of a CSV in UTF-8 (RFC 4180) without decoding them: a row can be passed on as the bytes that it is, or be read
 * as cells. Rows end with LF, CRLF or CR; empty ones are skipped. Blanks around a quoted cell are not content of it; a quote
 * within a cell that does not begin with one is content. Not thread-safe.
 */
public final class CsvReader implements Closeable {

    /** Salesforce takes 400,000 characters, of up to four bytes, which quotes may double. */
    private static final int LONGEST_ROW = 8_000_000;

    private static final int NO_BYTE = -1;
    private static final byte OPEN = 0;
    private static final byte QUOTED = 1;
    /** In quotes, with doubled quotes. */
    private static final byte ESCAPED = 2;

    private final InputStream source;
    private final byte delimiter;
    /** Bytes that continue an unquoted cell. */
    private final boolean[] plain = new boolean[256];

    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private boolean ended;
    /** Bytes of the source before the buffer. */
    private long passed;
    /** Start of the current row, its length without line ending, and start of the next row. */
    private int begin;

    private int length;
    private int at;

    private long line = 1;
    private long nextLine = 1;
    private int count;
    private int[] bounds = new int[64];
    private byte[] kinds = new byte[32];
    private boolean exact;
    private boolean hasNul;

    /**
     * @param utf8      closed with the reader
     * @param delimiter between cells, in ASCII
     */
    public CsvReader(InputStream utf8, char delimiter) {
        this.source = utf8;
        this.delimiter = (byte) delimiter;
        Arrays.fill(plain, true);
        for (char special : new char[] {delimiter, '"', '\n', '\r', 0}) {
            plain[special] = false;
        }
    }

    /**
     * Moves to the next row; returns false at the end.
     *
     * @throws IOException with the line but no content, for a quote that is not closed or is followed by text
     */
    public boolean next() throws IOException {
        do {
            begin = at;
            line = nextLine;
            if (peek() == NO_BYTE) {
                return false;
            }
            readRow();
        } while (count == 1 && kinds[0] == OPEN && isBlank(begin, begin + length));
        return true;
    }

    private void readRow() throws IOException {
        count = 0;
        exact = true;
        hasNul = false;
        while (true) {
            readCell();
            int c = peek();
            if (c != delimiter) {
                length = at - begin;
                endRow(c);
                return;
            }
            at++;
        }
    }

    private void endRow(int c) throws IOException {
        if (c == NO_BYTE) {
            return;
        }
        at++;
        nextLine++;
        if (c == '\r' && peek() == '\n') {
            at++;
        }
    }

    private void readCell() throws IOException {
        // places are counted from the beginning of the row, for that moves with the buffer
        int from = at - begin;
        while (true) {
            while (at < filled && plain[buffer[at] & 0xFF]) {
                at++;
            }
            if (at == filled) {
                if (fill()) {
                    continue;
                }
                break;
            }
            byte c = buffer[at];
            if (c == '"') {
                if (isBlank(begin + from, at)) {
                    exact &= at == begin + from;
                    readQuoted();
                    return;
                }
                exact = false;
            } else if (c != 0) {
                break;
            } else {
                hasNul = true;
            }
            at++;
        }
        add(from, at - begin, OPEN);
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private void readQuoted() throws IOException {
        long opened = nextLine;
        at++;
        int from = at - begin;
        byte kind = QUOTED;
        while (true) {
            if (at == filled && !fill()) {
                throw new IOException("line " + opened
                        + ": a quote is not closed: add the closing quote, or set the right columnDelimiter");
            }
            byte c = buffer[at++];
            if (c == '"') {
                if (peek() != '"') {
                    break;
                }
                kind = ESCAPED;
                at++;
            } else if (c == '\n') {
                nextLine++;
            } else if (c == 0) {
                hasNul = true;
            }
        }
        add(from, at - 1 - begin, kind);
        skipBlanks();
    }

    private void skipBlanks() throws IOException {
        int c = peek();
        while (c != delimiter && (c == ' ' || c == '\t')) {
            exact = false;
            at++;
            c = peek();
        }
        if (c != delimiter && c != '\n' && c != '\r' && c != NO_BYTE) {
            throw new IOException("line " + nextLine
                    + ": text follows the closing quote of a cell: to put a quote into a quoted cell, write \"\"");
        }
    }

    private void add(int from, int to, byte kind) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            bounds = Arrays.copyOf(bounds, count * 4);
        }
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        kinds[count++] = kind;
    }

    private int peek() throws IOException {
        return at < filled || fill() ? buffer[at] & 0xFF : NO_BYTE;
    }

    /** Reads on, with the present row at the start of the buffer. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        int kept = filled - begin;
        if (kept > LONGEST_ROW) {
            throw new IOException("line " + line + ": a row has more than " + LONGEST_ROW
                    + " bytes, but Salesforce accepts 400,000 characters: check for a missing quote or another"
                    + " delimiter");
        }
        byte[] target = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, begin, target, 0, kept);
        buffer = target;
        passed += begin;
        at -= begin;
        begin = 0;
        filled = kept;
        int more = source.read(buffer, filled, buffer.length - filled);
        ended = more < 0;
        filled += Math.max(0, more);
        return !ended;
    }

    /** How many cells the row has. */
    public int count() {
        return count;
    }

    /** The line of the file in which the row begins, from 1. */
    public long line() {
        return line;
    }

    /** Whether every reader of CSV sees the same cells in the row's bytes. */
    public boolean isExact() {
        return exact;
    }

    /** Whether there is a NUL in the row, which Salesforce does not take. */
    public boolean hasNul() {
        return hasNul;
    }

    /** Writes the row as it stands, without the end of its line. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(buffer, begin, length);
    }

    /** Bytes of the row, without the end of its line. */
    public int length() {
        return length;
    }

    /** Where in the source the row begins. */
    public long position() {
        return passed + begin;
    }

    /** Bytes of the end of its line; 0 if the source ends with the row. */
    public int endLength() {
        return at - begin - length;
    }

    /** Whether its line ends with these bytes. */
    public boolean endsWith(byte[] end) {
        return Arrays.equals(buffer, begin + length, at, end, 0, end.length);
    }

    /** The cells of the row. */
    public List<String> cells() {
        var cells = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            int from = begin + bounds[2 * i];
            int size = bounds[2 * i + 1] - bounds[2 * i];
            String cell = size == 0 ? "" : new String(buffer, from, size, StandardCharsets.UTF_8);
            cells.add(kinds[i] == ESCAPED ? cell.replace("\"\"", "\"") : cell);
        }
        return cells;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
