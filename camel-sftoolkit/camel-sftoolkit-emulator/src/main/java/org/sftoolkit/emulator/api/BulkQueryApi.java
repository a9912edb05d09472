package org.sftoolkit.emulator.api;

import static org.sftoolkit.emulator.api.Endpoint.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.bulk.JobResults;
import org.sftoolkit.emulator.bulk.JobState;
import org.sftoolkit.emulator.bulk.QueryJob;
import org.sftoolkit.emulator.bulk.ResultPage;
import org.sftoolkit.emulator.soql.FlatRows;
import org.sftoolkit.emulator.soql.SoqlException;

/** Query jobs (Bulk API 2.0 and Bulk API Developer Guide: "Bulk API 2.0 Query"). */
final class BulkQueryApi {

    private static final String CSV = "text/csv; charset=UTF-8";
    private static final int OLDEST = 47;
    private static final int OLDEST_PARALLEL = 58;
    private static final int PAGES_AT_ONCE = 5;

    private final BulkService bulk;
    private final BulkLists lists;

    BulkQueryApi(BulkService bulk) {
        this.bulk = bulk;
        this.lists = new BulkLists(bulk);
    }

    List<Endpoint> endpoints() {
        return List.of(
                data("POST", "/jobs/query", BulkApi.since(OLDEST, this::create)).offLoop(),
                data("GET", "/jobs/query", BulkApi.since(OLDEST, lists::list)),
                data("GET", "/jobs/query/{job}", BulkApi.since(OLDEST, call -> Answer.ok(BulkJobJson.info(job(call))))),
                data("PATCH", "/jobs/query/{job}", BulkApi.since(OLDEST, this::abort))
                        .offLoop(),
                data("DELETE", "/jobs/query/{job}", BulkApi.since(OLDEST, this::delete))
                        .offLoop(),
                data("GET", "/jobs/query/{job}/results", BulkApi.since(OLDEST, this::results))
                        .offLoop(),
                data("GET", "/jobs/query/{job}/resultPages", BulkApi.since(OLDEST_PARALLEL, this::pages)));
    }

    private Answer create(ApiCall call) {
        BulkRequest request = new BulkRequest(call.jsonObject(), call);
        String operation = request.required("operation");
        if (!operation.equals("query") && !operation.equals("queryAll")) {
            throw BulkRequest.invalid("operation", operation);
        }
        boolean withDeleted = operation.equals("queryAll");
        try {
            FlatRows rows = FlatRows.of(
                    request.required("query"), bulk.context(call.session().userId(), call.root(), withDeleted));
            QueryJob job = bulk.query(request.order(rows.object()), rows, withDeleted);
            return Answer.ok(BulkJobJson.brief(job, JobState.UPLOAD_COMPLETE));
        } catch (SoqlException e) {
            throw new ApiException(400, e.errorCode(), e.getMessage());
        }
    }

    private Answer abort(ApiCall call) {
        Object state = call.jsonObject().get("state");
        if (!"Aborted".equals(state)) {
            throw BulkRequest.invalid("state", String.valueOf(state));
        }
        QueryJob job = job(call);
        bulk.abort(job);
        return Answer.ok(BulkJobJson.brief(job, JobState.ABORTED));
    }

    private Answer delete(ApiCall call) {
        bulk.delete(job(call));
        return Answer.noContent();
    }

    private Answer results(ApiCall call) {
        long most = call.queryParam("maxRecords").map(BulkQueryApi::count).orElse((long)
                bulk.settings().pageRows());
        long from = call.queryParam("locator").map(BulkQueryApi::place).orElse(0L);
        ResultPage page = JobResults.page(job(call), call.version(), from, most);
        return Answer.slice(CSV, page.header(), page.file(), page.from(), page.to())
                .with("Sforce-NumberOfRecords", String.valueOf(page.rows()))
                .with("Sforce-Locator", page.more() ? locator(page.next()) : "null")
                .withRecords((int) page.rows());
    }

    /** Whether {@code maxRecords} applies here is not documented; assumed not to. */
    private Answer pages(ApiCall call) {
        QueryJob job = job(call);
        long rows = JobResults.rows(job, call.version());
        int size = bulk.settings().pageRows();
        long at = call.queryParam("locator").map(BulkQueryApi::place).orElse(0L);
        if (at > 0 && at >= rows) {
            throw invalidLocator();
        }
        List<Map<String, Object>> pages = new ArrayList<>();
        do {
            pages.add(Map.of("resultUrl", url(call, job) + "/results?locator=" + locator(at)));
            at += size;
        } while (pages.size() < PAGES_AT_ONCE && at < rows);
        Map<String, Object> json = BulkApi.json();
        json.put("resultPages", pages);
        json.put("nextRecordsUrl", at < rows ? url(call, job) + "/resultpages?locator=" + locator(at) : null);
        json.put("done", at >= rows);
        return Answer.ok(json);
    }

    private static String url(ApiCall call, QueryJob job) {
        return call.root() + "/jobs/query/" + job.id();
    }

    private QueryJob job(ApiCall call) {
        return bulk.queryJob(call.param("job"));
    }

    private static long count(String text) {
        if (!text.matches("\\d{1,9}") || text.matches("0+")) {
            throw new ApiException(400, "API_ERROR", "Invalid value: '" + text + "' for maxRecords");
        }
        return Long.parseLong(text);
    }

    private static String locator(long row) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("r" + row).getBytes(StandardCharsets.US_ASCII));
    }

    private static long place(String locator) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(locator), StandardCharsets.US_ASCII);
            if (text.matches("r\\d{1,18}")) {
                return Long.parseLong(text.substring(1));
            }
        } catch (IllegalArgumentException e) {
            throw invalidLocator();
        }
        throw invalidLocator();
    }

    private static ApiException invalidLocator() {
        return new ApiException(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    }
}
