package org.sftoolkit.camel.bulk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.camel.model.CsvCell;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;

/**
 * Turns records into CSV. The columns of a job are those of all jobs of its kind before it and of the records that are read
 * ahead; a record with a further one begins a further job. So the input is never held as a whole, and a load of uneven
 * records ends with few jobs, each with more columns than the one before.
 */
public final class RecordParts implements BulkParts {

    /** Records read ahead for their columns. */
    private static final int AHEAD = 200;

    private static final SaveError EMPTY =
            new SaveError("INVALID_VALUE", "the record has no field that a bulk job can write", List.of(), false);

    /** A part in the making. */
    private record Open(int number, PartWriter writer, List<String> columns) {}

    private final Records input;
    private final Iterator<SourceRecord> records;
    private final CallOptions options;
    private final RowMaker maker;
    private final CsvRow csv;
    private final Deque<RowMaker.Row> ahead = new ArrayDeque<>();
    private final Map<BulkAction, Open> open = new EnumMap<>(BulkAction.class);
    private final Map<BulkAction, List<String>> known = new EnumMap<>(BulkAction.class);
    private int read;
    private int parts;
    private volatile boolean closed;

    /** @param maker decides what becomes of each record */
    public RecordParts(Records input, CallOptions options, RowMaker maker) {
        this.input = input;
        this.records = input.iterator();
        this.options = options;
        this.maker = maker;
        this.csv = new CsvRow(options.bulk().delimiter(), options.bulk().lineEnding());
    }

    @Override
    public synchronized Optional<BulkPart> next() throws IOException {
        readAhead();
        for (RowMaker.Row row = ahead.peek(); row != null; row = ahead.peek()) {
            Open part = open.get(row.action());
            if (part == null) {
                part = begin(row.action());
            }
            if (!write(row, part)) {
                if (part.writer().rows() > 0) {
                    return ended(row.action());
                }
                refuse(row); // for any job
            }
            ahead.poll();
            readAhead();
        }
        return open.isEmpty()
                ? Optional.empty()
                : ended(open.keySet().iterator().next());
    }

    private void readAhead() {
        while (ahead.size() < AHEAD && records.hasNext()) {
            RowMaker.Row row = maker.row(read++, records.next());
            if (row != null && row.cells().isEmpty()) { // a row without columns is not a row
                maker.refuse(row, EMPTY);
            } else if (row != null) {
                ahead.add(row);
            }
        }
    }

    /** A row that fits no job, not even one that was made for it: it would make jobs without end. */
    private void refuse(RowMaker.Row row) {
        var names = new HashMap<String, String>();
        for (String name : row.cells().keySet()) {
            String other = names.put(BulkColumns.folded(name), name);
            if (other != null) {
                maker.refuse(
                        row,
                        new SaveError(
                                "INVALID_FIELD",
                                "the record has two values for one field, named '" + other + "' and '" + name
                                        + "': remove one of them",
                                List.of(name),
                                false));
                return;
            }
        }
        maker.refuse(
                row,
                new SaveError(
                        "STRING_TOO_LONG",
                        "a single row has " + csv.length() + " bytes, which with the header is more than maxJobBytes="
                                + options.bulk().maxJobBytes() + ": increase maxJobBytes, or shorten the row",
                        List.of(),
                        false));
    }

    private Open begin(BulkAction action) throws IOException {
        if (closed) {
            throw new IOException("the load has ended");
        }
        List<String> columns = BulkColumns.union(
                known.getOrDefault(action, List.of()),
                ahead.stream()
                        .filter(row -> row.action() == action)
                        .map(RowMaker.Row::cells)
                        .toList());
        BulkHeader.check(columns, action, options);
        known.put(action, columns);
        csv.row(columns);
        var part = new Open(
                parts++, new PartWriter(action, csv.toBytes(), options.bulk().maxJobBytes(), null), columns);
        open.put(action, part);
        return part;
    }

    private boolean write(RowMaker.Row row, Open part) throws IOException {
        Map<String, Object> cells = row.cells();
        List<String> texts = new ArrayList<>(part.columns().size());
        int found = 0;
        csv.begin();
        for (String column : part.columns()) {
            Object value = cells.get(column);
            boolean there = value != null || cells.containsKey(column);
            if (!there && found < cells.size()) {
                String other = FieldNames.find(cells, column);
                there = other != null;
                value = there ? cells.get(other) : null;
            }
            found += there ? 1 : 0;
            String text = !there || value == null && maker.isKey(row.action(), column) ? "" : CsvCell.of(value);
            texts.add(text);
            csv.cell(text);
        }
        if (found < cells.size()) {
            return false; // it has a column that the header has not
        }
        csv.end();
        if (!part.writer().takes(csv.length())) {
            return false;
        }
        part.writer().write(csv);
        maker.written(part.number(), row, part.columns(), texts);
        return true;
    }

    private Optional<BulkPart> ended(BulkAction action) throws IOException {
        Open part = open.remove(action);
        return Optional.of(part.writer().end(part.number()));
    }

    /** Records read from the input so far. */
    long read() {
        return read;
    }

    @Override
    public void close() throws Exception {
        closed = true;
        try {
            // first, for it may be read meanwhile
            input.close().close();
        } finally {
            discard();
        }
    }

    private synchronized void discard() throws IOException {
        for (Open part : open.values()) {
            part.writer().discard();
        }
        open.clear();
    }
}
