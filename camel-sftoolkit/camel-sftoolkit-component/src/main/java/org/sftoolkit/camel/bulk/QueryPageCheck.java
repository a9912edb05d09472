package org.sftoolkit.camel.bulk;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.CsvDelimiter;

/**
 * What the pages of a query job have to be: CSV with one header row, the same on each, and together as many rows as the job
 * processed. Not thread-safe.
 */
final class QueryPageCheck {

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z][\\w.:()]*");
    private static final long UNKNOWN = -1;

    private final CsvDelimiter delimiter;
    private final List<String> asked;
    private final long total;
    /** Of the pages that have ended; null before the first one has. */
    private @Nullable List<String> header;

    private long rows;

    /**
     * @param asked     last segments of the columns that were selected, sorted, in lower case; empty if they are not known
     * @param fromBegin whether the pages are read from the first, so that their rows are as many as the job's
     */
    QueryPageCheck(JobInfo job, List<String> asked, boolean fromBegin) {
        this.delimiter = CsvDelimiter.named(job.delimiter());
        this.asked = asked;
        this.total = fromBegin && job.counted() ? job.processed() : UNKNOWN;
    }

    /** The locator in an answer's headers; null at the end of the pages. */
    static @Nullable String locator(MultiMap headers) {
        String next = headers.get("Sforce-Locator");
        return next == null || next.isBlank() || next.strip().equals("null") ? null : next.strip();
    }

    /** The check of one page; {@code last} is called at its end and says whether it is the last page. */
    ResumableCsv.Check page(Last last) {
        return new ResumableCsv.Check() {
            /** Of the last answer: one that is asked for again must not speak for those that follow. Null if it has no header. */
            private @Nullable List<String> columns;

            @Override
            public long rows(MultiMap headers) throws IOException {
                return announced(headers);
            }

            @Override
            public char delimiter() {
                return delimiter.character();
            }

            @Override
            public void header(String row) throws IOException {
                columns = columns(row);
            }

            @Override
            public void end(long rowsOfPage, MultiMap headers) throws IOException {
                requireEnd(columns, rowsOfPage, last.isLast(headers, total >= 0 && rows + rowsOfPage == total));
                header = columns == null ? header : columns;
                rows += rowsOfPage;
            }
        };
    }

    /** Whether a page is the last, if its headers say so, or all rows of the job have come ({@code whole}). May wait. */
    interface Last {
        boolean isLast(MultiMap headers, boolean whole) throws IOException;
    }

    private long announced(MultiMap headers) throws IOException {
        String text = headers.get("Sforce-NumberOfRecords");
        if (text == null && total >= 0) {
            return UNKNOWN; // the job's own count decides at the end
        }
        try {
            long announced = Long.parseLong(String.valueOf(text).strip());
            if (announced >= 0) {
                return announced;
            }
        } catch (NumberFormatException e) {
            // same as a missing value
        }
        throw new IOException("the answer does not say how many rows it has (Sforce-NumberOfRecords: " + text + ")");
    }

    private List<String> columns(String row) throws IOException {
        List<String> columns;
        try (CsvRows read = CsvRows.read(new StringReader(row), delimiter.character())) {
            columns = read.header();
        }
        for (String column : columns) {
            if (!COLUMN.matcher(column).matches()) {
                throw new IOException("the first row does not contain field names");
            }
        }
        if (header != null && !header.equals(columns)) {
            throw new IOException("a page has the columns " + columns + ", but the pages before had " + header);
        }
        if (!asked.isEmpty() && !asked.equals(lastSegments(columns))) {
            throw new IOException("the columns are " + columns + ", but others were requested");
        }
        return columns;
    }

    /** The last segment of each path, sorted, in lower case: parents come under other names than they are selected by. */
    static List<String> lastSegments(List<String> paths) {
        return paths.stream()
                .map(path -> path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private void requireEnd(@Nullable List<String> columns, long rowsOfPage, boolean last) throws IOException {
        long sum = rows + rowsOfPage;
        if (total >= 0 && (last ? sum != total : sum > total)) {
            throw new IOException(
                    "the pages " + (last ? "end" : "go on") + " after " + sum + " rows, but the job has " + total);
        }
        if (header == null && columns == null && sum > 0) {
            throw new IOException("there is no header row");
        }
    }
}
