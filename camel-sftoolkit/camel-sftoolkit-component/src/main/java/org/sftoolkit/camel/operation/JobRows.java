package org.sftoolkit.camel.operation;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import org.sftoolkit.camel.client.BulkClient;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.model.BulkResult.Part;
import org.sftoolkit.camel.model.BulkRow;
import org.sftoolkit.camel.model.BulkRows;
import org.sftoolkit.camel.model.CsvRows;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.SaveError;

/**
 * Rows of ingest jobs, one job after the other. Columns are known by their names: their order is not documented.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_failed_results.htm">Bulk API
 *      2.0 and Bulk API Developer Guide: Get Job Failed Record Results</a>
 */
final class JobRows extends BulkRows {

    private static final int BUFFER = 1 << 19;

    private final BulkClient client;
    private final Part part;
    private final Iterator<JobInfo> jobs;
    private final BiPredicate<JobInfo, BulkRow> wanted;
    private JobInfo job;
    private CsvPage page;
    private CsvRows rows;

    /** @param wanted rows to give out */
    JobRows(BulkClient client, Part part, List<JobInfo> jobs, BiPredicate<JobInfo, BulkRow> wanted) {
        this.client = client;
        this.part = part;
        this.jobs = jobs.iterator();
        this.wanted = wanted;
    }

    @Override
    protected BulkRow read() {
        try {
            while (true) {
                if (rows != null && rows.hasNext()) {
                    BulkRow row = row(rows.header(), rows.next());
                    if (wanted.test(job, row)) {
                        return row;
                    }
                } else if (jobs.hasNext()) {
                    close();
                    open(jobs.next());
                } else {
                    return null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(JobInfo next) throws IOException {
        job = next;
        long expected =
                switch (part) {
                    case SUCCESSFUL -> job.complete() ? job.succeeded() : -1;
                    case FAILED -> job.complete() ? job.failed() : -1;
                    case UNPROCESSED -> -1;
                };
        page = new CsvPage(() -> client.results(next.id(), part, BUFFER), expected);
        rows = CsvRows.read(
                new InputStreamReader(page, StandardCharsets.UTF_8),
                CsvDelimiter.named(job.delimiter()).character());
    }

    private BulkRow row(List<String> header, List<String> cells) {
        Map<String, String> values = new LinkedHashMap<>(cells.size() * 2);
        String id = null;
        boolean created = false;
        SaveError error = null;
        for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
            String cell = cells.get(i);
            switch (header.get(i).toLowerCase(Locale.ROOT)) {
                case "sf__id" -> id = cell.isEmpty() ? null : cell;
                case "sf__created" -> created = Boolean.parseBoolean(cell);
                case "sf__error" -> error = error(cell);
                default -> values.put(header.get(i), cell);
            }
        }
        return new BulkRow(id, created, error, values);
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
        if (page != null) {
            page.close();
        }
        rows = null;
    }
}
