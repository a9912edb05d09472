package org.sftoolkit.camel.bulk;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.CsvReader;
import org.sftoolkit.camel.operation.CsvDelimiter;

/**
 * A CSV of records, as users give it to {@code save} and {@code bulk} alike: a header of field names, rows of as many cells. What
 * it is not fails as {@link InvalidBodyException}, which names the line and no content. Not thread-safe.
 */
public final class CsvInput implements Closeable {

    /** A field, or a path to one of a parent: {@code Account.Key__c}, {@code Account:What.Key__c}. */
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]\\w*:)?[A-Za-z]\\w*(\\.[A-Za-z]\\w*)*");

    private final CsvReader rows;
    private final List<String> header;
    private boolean peeked;

    private CsvInput(CsvReader rows, List<String> header, boolean peeked) {
        this.rows = rows;
        this.header = header;
        this.peeked = peeked;
    }

    /**
     * Reads the header.
     *
     * @param utf8      closed with the input
     * @param delimiter between cells
     * @param declared  whether somebody says that it is CSV; else a text of one word is not taken for one
     */
    public static CsvInput open(InputStream utf8, CsvDelimiter delimiter, boolean declared) {
        var rows = new CsvReader(utf8, delimiter.character());
        try {
            if (!next(rows)) {
                throw new InvalidBodyException(
                        "the body is empty: it contains neither a record nor a CSV header", null);
            }
            List<String> header = header(rows.cells(), delimiter);
            boolean word = header.size() == 1 && !declared && !isFieldForCertain(header.get(0));
            boolean peeked = word && next(rows);
            if (word && !peeked) {
                throw new InvalidBodyException(
                        "the body is a single word, not a record: use JSON (an object, an array of objects, one object"
                                + " per line) or CSV with a header. For a CSV without rows, set the header"
                                + " Content-Type=text/csv",
                        null);
            }
            return new CsvInput(rows, header, peeked);
        } catch (InvalidBodyException e) {
            try (rows) {
                throw e;
            } catch (IOException unclosed) {
                throw e;
            }
        }
    }

    private static boolean isFieldForCertain(String name) {
        return name.equalsIgnoreCase("Id") || name.contains("__");
    }

    private static List<String> header(List<String> cells, CsvDelimiter delimiter) {
        List<String> names = cells.stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String place = "the header row of the CSV is wrong: column " + (i + 1);
            if (name.isEmpty()) {
                throw new InvalidBodyException(place + " has no name", null);
            }
            if (!FIELD.matcher(name).matches()) {
                throw new InvalidBodyException(
                        place + " is neither a field name nor the path of a parent field (Account.Key__c)."
                                + otherDelimiter(name, delimiter)
                                + " If the body is not CSV, it must be JSON: an object, an array of objects, or one"
                                + " object per line",
                        null);
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidBodyException(place + " repeats " + name, null);
            }
        }
        return names;
    }

    private static String otherDelimiter(String name, CsvDelimiter delimiter) {
        return Arrays.stream(CsvDelimiter.values())
                .filter(other -> other != delimiter && name.indexOf(other.character()) >= 0)
                .findFirst()
                .map(other ->
                        " With columnDelimiter=" + delimiter + " it is one column: is the delimiter " + other + "?")
                .orElse("");
    }

    /** Names of the fields. */
    public List<String> header() {
        return header;
    }

    /** Moves to the next row; returns false at the end. */
    public boolean next() {
        if (peeked) {
            peeked = false;
            return true;
        }
        return next(rows);
    }

    private static boolean next(CsvReader rows) {
        try {
            return rows.next();
        } catch (IOException e) {
            throw new InvalidBodyException("the CSV cannot be read: " + e.getMessage(), e);
        }
    }

    /** Why the row is not a record, or null. */
    public @Nullable String defect() {
        if (rows.count() != header.size()) {
            return "line " + rows.line() + " of the CSV has " + rows.count() + " cells, but the header has "
                    + header.size();
        }
        return rows.hasNul()
                ? "line " + rows.line() + " of the CSV contains a NUL character, which Salesforce does not accept"
                : null;
    }

    /** The row. */
    public CsvReader row() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
