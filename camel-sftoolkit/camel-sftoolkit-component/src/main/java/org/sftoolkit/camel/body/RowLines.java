package org.sftoolkit.camel.body;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as text, piece by piece, made when it is asked for: a JSON array, JSON objects line by line, or CSV with a header row. */
final class RowLines implements Iterator<String>, Closeable {

    private final RecordFormat format;
    private final Iterator<?> rows;
    private @Nullable ColumnText columns;
    private boolean made;
    private boolean begun;
    private boolean ended;

    /**
     * @param rows    closed with the lines, if they can be
     * @param columns of a CSV; null to take those of the first row
     */
    RowLines(RecordFormat format, Iterator<?> rows, @Nullable ColumnText columns) {
        this.format = format;
        this.rows = rows;
        this.columns = columns;
    }

    /** A text that is there already. */
    static RowLines whole(String text) {
        var lines = new RowLines(RecordFormat.NDJSON, List.of(text).iterator(), null);
        lines.made = true;
        return lines;
    }

    @Override
    public boolean hasNext() {
        return switch (format) {
            case NDJSON -> rows.hasNext();
            case JSON -> !ended;
            case CSV -> rows.hasNext() || !begun && columns != null;
        };
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        boolean first = !begun;
        begun = true;
        return switch (format) {
            case NDJSON -> made ? (String) rows.next() : ResultText.line(record(rows.next())) + '\n';
            case JSON -> element(first);
            case CSV -> row(first);
        };
    }

    private String element(boolean first) {
        ended = !rows.hasNext();
        String before = first ? "[" : ended ? "" : ",";
        return ended ? before + "]" : before + ResultText.line(record(rows.next()));
    }

    private String row(boolean first) {
        if (!rows.hasNext()) {
            return Objects.requireNonNull(columns).header(); // of no rows
        }
        Object row = record(rows.next());
        columns = columns == null ? ColumnText.of(List.of(row)) : columns;
        return first ? columns.header() + columns.line(row) : columns.line(row);
    }

    private static Object record(Object row) {
        return ResultText.requireRecord(row);
    }

    @Override
    public void close() throws IOException {
        if (rows instanceof Closeable open) {
            open.close();
        }
    }
}
