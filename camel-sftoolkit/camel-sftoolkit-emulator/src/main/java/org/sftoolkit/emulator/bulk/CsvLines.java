package org.sftoolkit.emulator.bulk;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
                .build(new Collector(), csv, StandardCharsets.UTF_8)
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

    /** Throws {@link JobFailedException} where the text goes on behind a closing quote; the code is not documented, assumed. */
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
            String cell = new String(buffer, offset, length);
            malformed |= !quoted && cell.indexOf('"') >= 0;
            cells.add(cell);
        }

        @Override
        protected CsvLine buildRecord() {
            return new CsvLine(cells, malformed);
        }
    }
}
