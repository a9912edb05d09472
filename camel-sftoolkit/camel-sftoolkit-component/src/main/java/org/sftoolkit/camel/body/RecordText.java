package org.sftoolkit.camel.body;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.bulk.BulkInput;
import org.sftoolkit.camel.bulk.CsvInput;
import org.sftoolkit.camel.bulk.RepeatableBytes;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.Records;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.CsvDelimiter;

/**
 * Records in text: JSON, several JSON objects one after the other, or CSV with a header row. The message's
 * {@code Content-Type} says which, else the text's first character.
 */
final class RecordText {

    private static final int LONGEST_BLANK_START = 4096;

    private final InputStream source;
    private final TextBody text;
    private final @Nullable RecordFormat named;
    private final RecordFormat format;

    private RecordText(InputStream source, TextBody text, @Nullable RecordFormat named, RecordFormat format) {
        this.source = source;
        this.text = text;
        this.named = named;
        this.format = format;
    }

    /** Looks what a text is. */
    static RecordText of(TextBody text, Exchange exchange) throws IOException {
        var source = new BufferedInputStream(text.utf8(), 1 << 16);
        try {
            int first = first(source);
            if (first < 0) {
                throw new InvalidBodyException(
                        "the body is empty and contains no record: use JSON, or CSV with a header row", null);
            }
            RecordFormat named = RecordFormat.of(exchange);
            return new RecordText(source, text, named, named == null ? RecordFormat.ofContent(first) : named);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Its records: all of a text that is in memory, so that what is wrong in it shows before anything is sent. */
    Records records(CsvDelimiter delimiter) throws IOException {
        try {
            return switch (format) {
                case JSON -> JsonRecords.read(source, text.inMemory());
                case NDJSON -> JsonRecords.readLines(source, text.inMemory());
                case CSV -> csv(delimiter);
            };
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** As a bulk load takes it: CSV as it is. */
    BulkInput bulk(CsvDelimiter delimiter) throws IOException {
        if (format != RecordFormat.CSV) {
            return new BulkInput.OfRecords(records(delimiter));
        }
        boolean declared = named == RecordFormat.CSV;
        if (text.again() == null && text.inMemory()) {
            try (source) {
                byte[] bytes = source.readAllBytes();
                return new BulkInput.Csv(new ByteArrayInputStream(bytes), declared, RepeatableBytes.of(bytes));
            }
        }
        return new BulkInput.Csv(source, declared, text.again());
    }

    private Records csv(CsvDelimiter delimiter) throws IOException {
        CsvInput rows = CsvInput.open(source, delimiter, named == RecordFormat.CSV);
        var records = new CsvRecords(rows);
        return text.inMemory() ? JsonRecords.collect(records, rows) : Records.streamed(records, rows);
    }

    /** The first character that is not a space, or -1; the text is not consumed. */
    private static int first(BufferedInputStream source) throws IOException {
        source.mark(LONGEST_BLANK_START);
        int c = source.read();
        for (int i = 1; c >= 0 && Character.isWhitespace(c) && i < LONGEST_BLANK_START; i++) {
            c = source.read();
        }
        source.reset();
        return c;
    }

    /**
     * Rows of a CSV as records, by the conventions of Salesforce's own CSVs: an empty cell leaves its field alone, {@code #N/A} sets
     * it to null, a column {@code Parent__r.Key__c} names a parent by its external id.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm">Bulk API
     *      Developer Guide: Prepare CSV Files</a>
     */
    private static final class CsvRecords implements Iterator<SourceRecord> {

        private static final String NULL = "#N/A";

        private final CsvInput rows;
        private boolean ready;

        CsvRecords(CsvInput rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            ready = ready || rows.next();
            return ready;
        }

        @Override
        public SourceRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ready = false;
            List<String> cells = rows.row().cells();
            if (rows.defect() != null) {
                return SourceRecord.unusable(cells, rows.defect());
            }
            var record = new LinkedHashMap<String, Object>(cells.size() * 2);
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    put(record, rows.header().get(i), cells.get(i));
                }
            }
            return SourceRecord.of(record);
        }

        @SuppressWarnings("unchecked") // nested maps are made here only
        private static void put(Map<String, Object> record, String column, String cell) {
            int dot = column.indexOf('.');
            Object value = cell.equals(NULL) ? null : cell;
            if (dot < 0) {
                record.put(column, value);
            } else {
                var parent = (Map<String, Object>)
                        record.computeIfAbsent(column.substring(0, dot), key -> new LinkedHashMap<>());
                parent.put(column.substring(dot + 1), value);
            }
        }
    }
}
