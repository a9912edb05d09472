package org.sftoolkit.emulator.api;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sftoolkit.emulator.bulk.BulkService;

/**
 * The list of jobs (Bulk API 2.0 and Bulk API Developer Guide: "Get Information About All Ingest Jobs"): all of the org, whether
 * the ingest or the query resource is asked.
 */
final class BulkLists {

    private static final String LOCATOR = "01gEM0000000001-";

    private final BulkService bulk;

    BulkLists(BulkService bulk) {
        this.bulk = bulk;
    }

    Answer list(ApiCall call) {
        // Jobs chunked by primary key are refused, so that there are none.
        boolean none =
                call.queryParam("isPkChunkingEnabled").filter("true"::equals).isPresent();
        List<Map<String, Object>> jobs = Stream.concat(
                        bulk.jobs().stream().map(BulkJobJson::listed),
                        bulk.classic().list().stream().map(BulkJobJson::listed))
                .filter(job -> !none)
                .filter(job -> call.queryParam("jobType")
                        .map(job.get("jobType")::equals)
                        .orElse(true))
                .sorted(Comparator.comparing(job -> job.get("createdDate").toString()))
                .toList();
        int from = call.queryParam("queryLocator").map(BulkLists::place).orElse(0);
        int to = Math.min(jobs.size(), from + bulk.settings().listPage());
        boolean done = to >= jobs.size();
        Map<String, Object> page = BulkApi.json();
        page.put("done", done);
        page.put("records", jobs.subList(Math.min(from, to), to));
        // The documented URL contains the ingest resource even if query jobs are listed.
        page.put("nextRecordsUrl", done ? null : call.root() + "/jobs/ingest?queryLocator=" + LOCATOR + to);
        return Answer.ok(page);
    }

    private static int place(String locator) {
        if (!locator.matches(LOCATOR + "\\d{1,9}")) {
            throw new ApiException(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        return Integer.parseInt(locator.substring(LOCATOR.length()));
    }
}
