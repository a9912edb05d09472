package org.sftoolkit.emulator.bulk;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads the rows of an upload. Used by one thread at a time. */
final class CsvLines implements Iterator<CsvLine>, AutoCloseable {

    /** Longest value; above Salesforce's 131,072 characters a field, so that a long one is a row's failure. */
    private static final int LONGEST_VALUE = 1 << 26;

    private final CloseableIterator<CsvLine> lines;

    CsvLines(Path csv, Delimiter delimiter) throws IOException {
        lines = CsvReader.builder()
                .fieldSeparator(delimiter.character())
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_VALUE)
                .build(new Collector(), new QuotedReturns(Files.newBufferedReader(csv)))
                .iterator();
    }

    /** Reads the next row; throws as {@link #next}. */
    @Override
    public boolean hasNext() {
        try {
            return lines.hasNext();
        } catch (CsvParseException e) {
            throw unreadable(e);
        }
    }

    /** Throws {@link JobFailedException} if text follows a closing quote; the code is not documented, assumed. */
    @Override
    public CsvLine next() {
        try {
            return lines.next();
        } catch (CsvParseException e) {
            throw unreadable(e);
        }
    }

    private static JobFailedException unreadable(CsvParseException e) {
        return new JobFailedException("InvalidBatch : Failed to parse CSV: "
                + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    /**
     * Gives another character for a carriage return in a quoted value without a line feed behind it. FastCSV 4.1 takes the last one
     * and the line feed behind the value for one line end, and drops the row.
     */
    private static final class QuotedReturns extends FilterReader {

        /** Unicode reserves it for uses such as this: it stands in no text. */
        static final char STAND_IN = '\uFFFF';

        private boolean quoted;

        QuotedReturns(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int most = length > 1 ? length - 1 : length;
            int read = super.read(buffer, offset, most);
            if (read > 0 && length > 1 && buffer[offset + read - 1] == '\r') {
                int next = super.read();
                if (next >= 0) {
                    buffer[offset + read++] = (char) next;
                }
            }
            for (int i = offset; i < offset + read; i++) {
                if (buffer[i] == '"') {
                    quoted = !quoted;
                } else if (quoted && buffer[i] == '\r' && i + 1 < offset + read && buffer[i + 1] != '\n') {
                    buffer[i] = STAND_IN;
                }
            }
            return read;
        }
    }

    private static final class Collector extends AbstractBaseCsvCallbackHandler<CsvLine> {

        private List<String> cells = List.of();
        private boolean malformed;

        @Override
        protected void handleBegin(long line) {
            cells = new ArrayList<>();
            malformed = false;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            String cell = new String(buffer, offset, length).replace(QuotedReturns.STAND_IN, '\r');
            malformed |= !quoted && cell.indexOf('"') >= 0;
            cells.add(cell);
        }

        @Override
        protected CsvLine buildRecord() {
            return new CsvLine(cells, malformed);
        }
    }
}
