package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.operation.CsvLineEnding;

/**
 * A row of CSV in the making, as UTF-8 bytes, so that its size on the wire is known before it goes anywhere. Used again for
 * each row; not thread-safe.
 */
final class CsvRow {

    private final char delimiter;
    private final boolean windows;
    private byte[] bytes = new byte[1024];
    private int length;
    private boolean begun;

    CsvRow(CsvDelimiter delimiter, CsvLineEnding lineEnding) {
        this.delimiter = delimiter.character();
        this.windows = lineEnding == CsvLineEnding.CRLF;
    }

    /** A whole row. */
    void row(List<String> cells) {
        begin();
        cells.forEach(this::cell);
        end();
    }

    void begin() {
        length = 0;
        begun = false;
    }

    /** Bytes so far. */
    int length() {
        return length;
    }

    void cell(String text) {
        // a character takes three bytes at most, a quote two; and a delimiter, quotes around the cell, and the end of
        // the line
        int most = text.length() * 3 + 8;
        if (length + most > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + most));
        }
        if (begun) {
            bytes[length++] = (byte) delimiter;
        }
        begun = true;
        if (!needsQuotes(text)) {
            encode(text);
            return;
        }
        bytes[length++] = '"';
        int from = 0;
        for (int quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', from)) {
            encode(text.substring(from, quote + 1));
            bytes[length++] = '"';
            from = quote + 1;
        }
        encode(from == 0 ? text : text.substring(from));
        bytes[length++] = '"';
    }

    void end() {
        if (length == 0) { // an empty line is not a row
            bytes[length++] = '"';
            bytes[length++] = '"';
        }
        if (windows) {
            bytes[length++] = '\r';
        }
        bytes[length++] = '\n';
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Blanks at the ends are data to Salesforce; in quotes they are so to every other reader too. */
    private boolean needsQuotes(String text) {
        int end = text.length();
        if (end == 0) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == delimiter || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return text.charAt(0) <= ' ' || text.charAt(end - 1) <= ' ';
    }

    private void encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                bytes[length++] = (byte) (0xE0 | c >> 12);
                bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                bytes[length++] = (byte) (0xF0 | point >> 18);
                bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[length++] = (byte) (0x80 | point & 0x3F);
            } else {
                bytes[length++] = '?'; // a lone surrogate cannot be encoded in UTF-8
            }
        }
    }
}
