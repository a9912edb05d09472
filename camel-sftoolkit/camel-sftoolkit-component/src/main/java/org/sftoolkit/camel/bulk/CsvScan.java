package org.sftoolkit.camel.bulk;

/** Counts the rows and cells of CSV bytes that pass by, quotes respected. Not thread-safe. */
final class CsvScan {

    private final byte delimiter;
    private long rows;
    private int delimiters;
    private int columns;
    private int uneven;
    private boolean quoted;
    private boolean begun;

    /** @param delimiter between cells, of one byte */
    CsvScan(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** Takes note of some bytes. Answers the place behind the first end of a row among them, or -1. */
    int scan(byte[] bytes, int from, int length) {
        int first = -1;
        int end = from + length;
        boolean within = quoted;
        boolean row = begun;
        for (int i = from; i < end; i++) {
            byte c = bytes[i];
            if (c == delimiter) {
                delimiters += within ? 0 : 1;
                row = true;
            } else if (c > '"') {
                // most bytes, found with one comparison
                row = true;
            } else if (c == '"') {
                within = !within;
                row = true;
            } else if (c == '\n' && !within) {
                if (row) {
                    rows++;
                    countCells();
                    first = first < 0 ? i + 1 : first;
                }
                row = false;
            } else if (c != '\r') {
                row = true;
            }
        }
        quoted = within;
        begun = row;
        return first;
    }

    private void countCells() {
        if (columns == 0) {
            columns = delimiters + 1;
        } else if (delimiters + 1 != columns && uneven == 0) {
            uneven = delimiters + 1;
        }
        delimiters = 0;
    }

    /** No more bytes come: a last row without an end of its own is one. */
    void end() {
        if (begun && !quoted) {
            rows++;
            begun = false;
            countCells();
        }
    }

    /** Cells of the first row; 0 before it has ended. */
    int columns() {
        return columns;
    }

    /** Cells of the first row that has another number of them than the header; 0 if all are alike. */
    int uneven() {
        return uneven;
    }

    /** Whether the bytes may end here: not within quotes. */
    boolean mayEnd() {
        return !quoted;
    }

    /** Number of rows so far, including the header and a last row without line ending, but not empty lines. */
    long rows() {
        return rows + (begun ? 1 : 0);
    }
}
