package org.sftoolkit.camel.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of a CSV with a header (RFC 4180), read one by one; a byte order mark and empty lines are skipped. Not
 * thread-safe. Failures to read come as {@link UncheckedIOException}.
 */
public final class CsvRows implements Iterator<List<String>>, AutoCloseable {

    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private final Reader source;
    private final MappingIterator<String[]> rows;
    private final List<String> header;

    private CsvRows(Reader source, MappingIterator<String[]> rows) throws IOException {
        this.source = source;
        this.rows = rows;
        this.header = rows.hasNextValue() ? header(rows.nextValue()) : List.of();
    }

    /**
     * Reads the header.
     *
     * @param csv       closed with the rows
     * @param delimiter between cells
     * @throws IOException also for a header with blank or repeated names
     */
    public static CsvRows read(Reader csv, char delimiter) throws IOException {
        try {
            ObjectReader reader = MAPPER.readerFor(String[].class)
                    .with(CsvSchema.emptySchema().withColumnSeparator(delimiter));
            return new CsvRows(csv, reader.readValues(csv));
        } catch (IOException | RuntimeException e) {
            csv.close();
            throw e;
        }
    }

    private static List<String> header(String[] cells) throws IOException {
        if (cells[0].startsWith("\uFEFF")) {
            cells[0] = cells[0].substring(1);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cells[i].strip();
            if (cells[i].isEmpty() || !seen.add(cells[i].toLowerCase(Locale.ROOT))) {
                throw new IOException("the header row of the CSV is wrong: column " + (i + 1)
                        + (cells[i].isEmpty() ? " has no name" : " repeats " + cells[i]));
            }
        }
        return List.copyOf(Arrays.asList(cells));
    }

    /** Names of the columns; empty for a text without any. */
    public List<String> header() {
        return header;
    }

    @Override
    public boolean hasNext() {
        try {
            return rows.hasNextValue();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Cells of the next row: not always as many as the header has. */
    @Override
    public List<String> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return Arrays.asList(rows.nextValue());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    // Jackson's own message quotes the text, which holds records
    private static UncheckedIOException unreadable(IOException e) {
        if (e instanceof JsonProcessingException
                && e.getCause() instanceof IOException source
                && !(source instanceof JsonProcessingException)) {
            return new UncheckedIOException(source); // the reader failed, not the CSV
        }
        return e instanceof JsonProcessingException broken
                ? new UncheckedIOException(new IOException("the CSV cannot be read"
                        + (broken.getLocation() == null
                                ? ""
                                : " at line " + broken.getLocation().getLineNr())))
                : new UncheckedIOException(e);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
