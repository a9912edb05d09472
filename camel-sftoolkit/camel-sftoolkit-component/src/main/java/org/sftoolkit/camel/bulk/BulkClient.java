package org.sftoolkit.camel.bulk;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.BodyInput;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * Jobs of Bulk API 2.0, call by call.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_0.htm">Bulk API 2.0 and
 *      Bulk API Developer Guide</a>
 */
public final class BulkClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CSV = "text/csv";

    private final Transport transport;

    public BulkClient(Transport transport) {
        this.transport = transport;
    }

    /** Makes an ingest job. A lost answer leaves an empty job behind, which does no harm: the call may be repeated. */
    public Future<JobInfo> create(IngestOrder order) {
        return info(Request.of(
                POST,
                BulkKind.INGEST.path(),
                ApiJson.body(json -> {
                    json.writeStartObject();
                    write(json, "object", order.object());
                    write(json, "operation", order.operation());
                    write(json, "externalIdFieldName", order.externalIdField());
                    write(json, "assignmentRuleId", order.assignmentRuleId());
                    write(json, "contentType", "CSV");
                    write(json, "columnDelimiter", order.delimiter());
                    write(json, "lineEnding", order.lineEnding());
                    json.writeEndObject();
                }),
                Replay.IDEMPOTENT));
    }

    /** Creates a query job, which Salesforce starts at once. A lost response leaves an unused job behind. */
    public Future<JobInfo> query(String soql, boolean includeDeleted, String delimiter, String lineEnding) {
        return info(Request.of(
                POST,
                BulkKind.QUERY.path(),
                ApiJson.body(json -> {
                    json.writeStartObject();
                    write(json, "operation", includeDeleted ? "queryAll" : "query");
                    write(json, "query", soql);
                    write(json, "contentType", "CSV");
                    write(json, "columnDelimiter", delimiter);
                    write(json, "lineEnding", lineEnding);
                    json.writeEndObject();
                }),
                Replay.IDEMPOTENT));
    }

    /** Uploads the data of an open job. A job takes exactly one upload: never call it twice for one. */
    public Future<Void> upload(String jobId, Body csv) {
        return transport
                .send(Request.of(PUT, path(BulkKind.INGEST, jobId) + "/batches", csv, Replay.NEVER))
                .mapEmpty();
    }

    /** Ends the upload: Salesforce begins to process the job. Not repeated by itself. */
    public Future<JobInfo> close(String jobId) {
        return state(BulkKind.INGEST, jobId, "UploadComplete", Replay.NEVER);
    }

    /** Aborts a job; records that were written stay written. */
    public Future<JobInfo> abort(BulkKind kind, String jobId) {
        return state(kind, jobId, "Aborted", Replay.IDEMPOTENT).map(job -> {
            if (!job.state().equals("Aborted")) {
                throw new UnreadableResponseException(
                        "job " + jobId + " was not aborted: Salesforce reports its state as " + job.state(),
                        true,
                        Answer.NONE,
                        null);
            }
            return job;
        });
    }

    /** Removes a job with its data. */
    public Future<Void> delete(BulkKind kind, String jobId) {
        Request request = Request.of(DELETE, path(kind, jobId), Body.NONE, Replay.IDEMPOTENT);
        return transport.send(request).compose(answer -> WriteAnswer.done(request, answer, null));
    }

    /** The current state of a job. */
    public Future<JobInfo> info(BulkKind kind, String jobId) {
        return info(Request.get(path(kind, jobId)));
    }

    /**
     * Jobs of the org, page by page.
     *
     * @param jobType such as {@code V2Ingest}; null for all
     * @param locator of the page; null for the first
     */
    public Future<JobPage> list(BulkKind kind, @Nullable String jobType, @Nullable String locator) {
        String query = (jobType == null ? "" : "&jobType=" + Paths.query(jobType))
                + (locator == null ? "" : "&queryLocator=" + Paths.query(locator));
        Request request = Request.get(kind.path() + (query.isEmpty() ? "" : "?" + query.substring(1)));
        return transport
                .send(request)
                .map(answer -> ApiJson.read(request, answer, json -> {
                    JsonNode page = JSON.readTree(json);
                    if (!page.path("records").isArray()) {
                        throw new IOException("a list without records");
                    }
                    var jobs = new ArrayList<JobInfo>();
                    for (JsonNode job : page.path("records")) {
                        jobs.add(read(job));
                    }
                    // only the locator can be taken from the address: it names the ingest resource for query jobs too
                    String next = parameter(page.path("nextRecordsUrl").asText(null), "queryLocator");
                    if (next == null && !page.path("done").asBoolean(true)) {
                        throw new IOException("a list that goes on, without the place where");
                    }
                    return new JobPage(jobs, next);
                }));
    }

    /** The rows of an ingest job as CSV. */
    public BodyInput results(String jobId, BulkResult.Part part, int mostBytes) {
        String name =
                switch (part) {
                    case SUCCESSFUL -> "/successfulResults";
                    case FAILED -> "/failedResults";
                    case UNPROCESSED -> "/unprocessedrecords";
                };
        return csv(path(BulkKind.INGEST, jobId) + name, mostBytes);
    }

    /**
     * A page of a query job's rows as CSV; its headers contain the number of rows and the locator of the next page.
     *
     * @param locator null for the first page
     * @param maxRecords maximum number of rows; 0 lets Salesforce choose
     */
    public BodyInput queryResults(String jobId, @Nullable String locator, int maxRecords, int mostBytes) {
        String query = (locator == null ? "" : "&locator=" + Paths.query(locator))
                + (maxRecords <= 0 ? "" : "&maxRecords=" + maxRecords);
        return csv(
                path(BulkKind.QUERY, jobId) + "/results" + (query.isEmpty() ? "" : "?" + query.substring(1)),
                mostBytes);
    }

    /**
     * The next pages that can be read at once.
     *
     * @param locator of the list of pages; null for the first
     */
    public Future<ResultPages> resultPages(String jobId, @Nullable String locator) {
        Request request = Request.get(path(BulkKind.QUERY, jobId) + "/resultPages"
                + (locator == null ? "" : "?locator=" + Paths.query(locator)));
        return transport
                .send(request)
                .map(answer -> ApiJson.read(request, answer, json -> {
                    JsonNode pages = JSON.readTree(json);
                    if (!pages.path("resultPages").isArray()) {
                        throw new IOException("an answer without result pages");
                    }
                    List<String> locators = new ArrayList<>();
                    for (JsonNode page : pages.path("resultPages")) {
                        String place = parameter(page.path("resultUrl").asText(null), "locator");
                        if (place == null) {
                            throw new IOException("a result page without its locator");
                        }
                        locators.add(place);
                    }
                    boolean done = pages.path("done").asBoolean(false);
                    return new ResultPages(
                            locators,
                            done ? null : parameter(pages.path("nextRecordsUrl").asText(null), "locator"));
                }));
    }

    private BodyInput csv(String path, int mostBytes) {
        return new BodyInput(mostBytes).from(transport, Request.get(path).withHeader("Accept", CSV));
    }

    private Future<JobInfo> state(BulkKind kind, String jobId, String state, Replay replay) {
        return info(Request.of(
                PATCH,
                path(kind, jobId),
                ApiJson.body(json -> {
                    json.writeStartObject();
                    write(json, "state", state);
                    json.writeEndObject();
                }),
                replay));
    }

    private Future<JobInfo> info(Request request) {
        return transport.send(request).map(answer -> ApiJson.read(request, answer, json -> read(JSON.readTree(json))));
    }

    /** The Id of a job that Salesforce has: {@link #read} takes no other. */
    static String id(JobInfo job) {
        return Objects.requireNonNull(job.id(), "the job was not made");
    }

    static JobInfo read(JsonNode job) throws IOException {
        String id = text(job, "id");
        String state = text(job, "state");
        if (id == null || state == null) {
            throw new IOException("a job without id or state");
        }
        return new JobInfo(
                id,
                text(job, "jobType"),
                text(job, "operation"),
                text(job, "object"),
                state,
                text(job, "externalIdFieldName"),
                text(job, "columnDelimiter"),
                text(job, "lineEnding"),
                text(job, "apiVersion"),
                text(job, "createdDate"),
                job.path("numberRecordsProcessed").isNumber(),
                job.path("numberRecordsProcessed").asLong(),
                job.path("numberRecordsFailed").asLong(),
                text(job, "errorMessage"),
                job.path("totalProcessingTime").asLong());
    }

    private static @Nullable String text(JsonNode job, String name) {
        JsonNode value = job.path(name);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static void write(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static String path(BulkKind kind, String jobId) {
        return kind.path() + '/' + Paths.segment(jobId);
    }

    /** A parameter of a URL, decoded; null if it is missing. */
    private static @Nullable String parameter(@Nullable String url, String name) {
        if (url == null || url.indexOf('?') < 0) {
            return null;
        }
        for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return java.net.URLDecoder.decode(
                        pair.substring(name.length() + 1), java.nio.charset.StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /**
     * A page of the list of jobs.
     *
     * @param next locator of the next page, or null
     */
    record JobPage(List<JobInfo> jobs, @Nullable String next) {}
}
