package org.sftoolkit.camel.operation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Turns records into CSV. The columns of a job are those of all jobs of its kind before it and of the records that are read
 * ahead; a record with a further one begins a further job. So the input is never held as a whole, and a load of uneven
 * records ends with few jobs, each with more columns than the one before.
 */
final class RecordParts implements BulkParts {

    /** Records read ahead for their columns. */
    private static final int AHEAD = 200;

    /** A record on its way: what becomes of it, and its cells. */
    private record Row(BulkAction action, Map<String, Object> cells) {}

    /** A part in the making. */
    private record Open(PartWriter writer, List<String> columns) {}

    private final Records input;
    private final Iterator<SourceRecord> records;
    private final CallOptions options;
    private final Function<SourceRecord, BulkAction> kind;
    private final CsvRow csv;
    private final Deque<Row> ahead = new ArrayDeque<>();
    private final Map<BulkAction, Open> open = new EnumMap<>(BulkAction.class);
    private final Map<BulkAction, List<String>> known = new EnumMap<>(BulkAction.class);
    private long read;
    private int parts;

    /** @param kind what is done with a record */
    RecordParts(Records input, CallOptions options, Function<SourceRecord, BulkAction> kind) {
        this.input = input;
        this.records = input.iterator();
        this.options = options;
        this.kind = kind;
        this.csv = new CsvRow(options.bulk().delimiter(), options.bulk().lineEnding());
    }

    @Override
    public Optional<BulkPart> next() throws IOException {
        readAhead();
        for (Row row = ahead.peek(); row != null; row = ahead.peek()) {
            Open part = open.get(row.action());
            if (part == null) {
                part = begin(row.action());
            }
            if (!write(row, part)) {
                return ended(row.action());
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
            SourceRecord record = records.next();
            try {
                BulkAction action = kind.apply(record);
                ahead.add(new Row(action, columns(action).cells(record)));
                read++;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("record " + read + " of the input: " + e.getMessage(), e);
            }
        }
    }

    private BulkColumns columns(BulkAction action) {
        return new BulkColumns(action, options.externalIdField(), options.fields());
    }

    private Open begin(BulkAction action) throws IOException {
        List<String> columns = BulkColumns.union(
                known.getOrDefault(action, List.of()),
                ahead.stream()
                        .filter(row -> row.action() == action)
                        .map(Row::cells)
                        .toList());
        BulkHeader.check(columns, action, options);
        known.put(action, columns);
        csv.begin();
        columns.forEach(csv::cell);
        csv.end();
        var part = new Open(new PartWriter(action, csv.toBytes(), options.bulk().maxJobBytes()), columns);
        open.put(action, part);
        return part;
    }

    private boolean write(Row row, Open part) throws IOException {
        BulkColumns columns = columns(row.action());
        Map<String, Object> cells = row.cells();
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
            csv.cell(there ? columns.text(column, value) : "");
        }
        if (found < cells.size()) {
            return false; // it has a column that the header has not
        }
        csv.end();
        if (!part.writer().takes(csv.length())) {
            return false;
        }
        part.writer().write(csv);
        return true;
    }

    private Optional<BulkPart> ended(BulkAction action) throws IOException {
        return Optional.of(open.remove(action).writer().end(parts++));
    }

    /** Records read from the input so far. */
    long read() {
        return read;
    }

    @Override
    public void close() throws Exception {
        for (Open part : open.values()) {
            part.writer().discard();
        }
        open.clear();
        input.close().close();
    }
}
