package org.sftoolkit.camel.bulk;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.BulkResult.Part;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.BulkRows;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.operation.CsvDelimiter;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.transport.KeptFailure;
import org.sftoolkit.camel.transport.ReaderThread;

/**
 * Rows of ingest jobs, one job after the other. Columns are known by their names: their order is not documented.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_failed_results.htm">Bulk API
 *      2.0 and Bulk API Developer Guide: Get Job Failed Record Results</a>
 */
public final class JobRows extends BulkRows {

    private static final int BUFFER = 1 << 19;

    private final OperationContext call;
    private final Part part;
    private final Iterator<JobInfo> jobs;
    private final BiPredicate<JobInfo, BulkRow> wanted;
    private final Function<JobInfo, UnaryOperator<BulkRow>> matched;
    private final KeptFailure failure = new KeptFailure();
    /** The job that is being read; null before the first. */
    private @Nullable Open open;

    private volatile @Nullable ResumableCsv page;
    private volatile boolean closed;

    /** A job whose rows have begun to come. */
    private record Open(JobInfo job, UnaryOperator<BulkRow> places, CsvRows rows) {}

    /** @param wanted rows to give out */
    public JobRows(OperationContext call, Part part, List<JobInfo> jobs, BiPredicate<JobInfo, BulkRow> wanted) {
        this(call, part, jobs, wanted, job -> row -> row);
    }

    /**
     * @param wanted rows to give out
     * @param matched gives rows of a job their places in the input
     */
    JobRows(
            OperationContext call,
            Part part,
            List<JobInfo> jobs,
            BiPredicate<JobInfo, BulkRow> wanted,
            Function<JobInfo, UnaryOperator<BulkRow>> matched) {
        this.call = call;
        this.matched = matched;
        this.part = part;
        this.jobs = jobs.iterator();
        this.wanted = wanted;
    }

    @Override
    protected BulkRow read() {
        return failure.read(this::nextRow);
    }

    private @Nullable BulkRow nextRow() throws IOException {
        if (open != null || jobs.hasNext()) {
            // before anything is read: part of a row would be lost for another thread
            ReaderThread.requireMayWait();
        }
        while (true) {
            if (closed) {
                throw new IOException("the rows were closed before they were read to their end");
            }
            if (open != null && open.rows().hasNext()) {
                BulkRow row = open.places()
                        .apply(row(open.rows().header(), open.rows().next()));
                if (wanted.test(open.job(), row)) {
                    return row;
                }
            } else if (jobs.hasNext()) {
                closePage();
                open = open(jobs.next());
            } else {
                return null;
            }
        }
    }

    private Open open(JobInfo job) throws IOException {
        String id = BulkClient.id(job);
        var begun = new ResumableCsv(
                part.name().toLowerCase(Locale.ROOT) + " rows of job " + id,
                () -> new BulkClient(call.client()).results(id, part, BUFFER),
                new ResultCheck(job, part),
                call.delays(),
                call.retries(),
                true);
        page = begun;
        if (closed) {
            begun.close();
        }
        CsvRows rows = CsvRows.read(
                new InputStreamReader(begun, StandardCharsets.UTF_8),
                CsvDelimiter.named(job.delimiter()).character());
        return new Open(job, matched.apply(job), rows);
    }

    private BulkRow row(List<String> header, List<String> cells) {
        Map<String, String> values = new LinkedHashMap<>(cells.size() * 2);
        String id = null;
        boolean created = false;
        SaveError error = null;
        requireWhole(header, cells);
        for (int i = 0; i < header.size(); i++) {
            String cell = cells.get(i);
            switch (header.get(i).toLowerCase(Locale.ROOT)) {
                case "sf__id" -> id = cell.isEmpty() ? null : cell;
                case "sf__created" -> created = Boolean.parseBoolean(cell);
                case "sf__error" -> error = error(cell);
                default -> values.put(header.get(i), cell);
            }
        }
        if (part == Part.SUCCESSFUL && id == null) {
            throw unreadable("a successful row without sf__Id");
        }
        return new BulkRow(id, created, error, values);
    }

    /** Fails if a result row has a different number of cells than the header, because it is damaged. */
    static void requireWhole(List<String> header, List<String> cells) {
        if (cells.size() != header.size()) {
            throw unreadable("a row of " + cells.size() + " cells under " + header.size() + " columns");
        }
    }

    private static UnreadableResponseException unreadable(String what) {
        return new UnreadableResponseException("the results of a job have " + what, true, Answer.NONE, null);
    }

    /** {@code CODE:message:fields --}; only the code has a fixed form. */
    private static SaveError error(String text) {
        int colon = text.indexOf(':');
        String code = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        int last = rest.lastIndexOf(':');
        String tail = last < 0 ? "" : rest.substring(last + 1).strip();
        boolean formed = tail.endsWith("--");
        String names = formed ? tail.substring(0, tail.length() - 2).strip() : "";
        return new ApiError(
                        code,
                        formed ? rest.substring(0, last) : rest,
                        names.isEmpty() ? List.of() : List.of(names.split("\\s*,\\s*")))
                .toSaveError();
    }

    @Override
    public void close() {
        closed = true;
        closePage();
    }

    private void closePage() {
        ResumableCsv reading = page;
        if (reading != null) {
            reading.close();
        }
    }

    /** The columns that Salesforce adds to those of the input, and the job's own counts. */
    private record ResultCheck(JobInfo job, Part part) implements ResumableCsv.Check {

        @Override
        public long rows(MultiMap headers) throws IOException {
            long announced = announced(headers.get("Sforce-NumberOfRecords"));
            long counted =
                    switch (part) {
                        case SUCCESSFUL -> job.complete() && job.counted() ? job.succeeded() : -1;
                        case FAILED -> job.complete() && job.counted() ? job.failed() : -1;
                        case UNPROCESSED -> -1;
                    };
            if (announced >= 0 && counted >= 0 && announced != counted) {
                throw new IOException("the answer has " + announced + " rows, but the job " + counted);
            }
            return Math.max(announced, counted);
        }

        private static long announced(@Nullable String rows) {
            try {
                return rows == null ? -1 : Long.parseLong(rows.strip());
            } catch (NumberFormatException e) {
                return -1;
            }
        }

        @Override
        public char delimiter() {
            return CsvDelimiter.named(job.delimiter()).character();
        }

        @Override
        public void header(String row) throws IOException {
            List<String> columns;
            try (CsvRows read = CsvRows.read(
                    new StringReader(row), CsvDelimiter.named(job.delimiter()).character())) {
                columns = read.header();
            }
            List<String> own =
                    switch (part) {
                        case SUCCESSFUL -> List.of("sf__Id", "sf__Created");
                        case FAILED -> List.of("sf__Id", "sf__Error");
                        case UNPROCESSED -> List.of();
                    };
            for (String column : own) {
                if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
                    throw new IOException("there is no column " + column);
                }
            }
            if (own.isEmpty() && "<{[".indexOf(row.strip().charAt(0)) >= 0) {
                throw new IOException("the first row does not contain field names");
            }
        }

        @Override
        public void end(long rows, MultiMap headers) {
            // the number was checked
        }
    }
}
