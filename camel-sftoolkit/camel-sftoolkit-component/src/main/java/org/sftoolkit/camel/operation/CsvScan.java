package org.sftoolkit.camel.operation;

/** Counts the rows of CSV bytes that pass by, quotes respected. Not thread-safe. */
final class CsvScan {

    private long rows;
    private boolean quoted;
    private boolean begun;

    /** Takes note of some bytes. Answers the place behind the first end of a row among them, or -1. */
    int scan(byte[] bytes, int from, int length) {
        int first = -1;
        int end = from + length;
        boolean within = quoted;
        boolean row = begun;
        for (int i = from; i < end; i++) {
            byte c = bytes[i];
            if (c > '"') {
                // most bytes, told from the others by one comparison
                row = true;
            } else if (c == '"') {
                within = !within;
                row = true;
            } else if (c == '\n' && !within) {
                rows += row ? 1 : 0;
                row = false;
                first = first < 0 ? i + 1 : first;
            } else if (c != '\r') {
                row = true;
            }
        }
        quoted = within;
        begun = row;
        return first;
    }

    /** Whether the bytes may end here: not within quotes. */
    boolean mayEnd() {
        return !quoted;
    }

    /** Rows so far, the header and a last one without an end included; empty lines are none. */
    long rows() {
        return rows + (begun ? 1 : 0);
    }
}
