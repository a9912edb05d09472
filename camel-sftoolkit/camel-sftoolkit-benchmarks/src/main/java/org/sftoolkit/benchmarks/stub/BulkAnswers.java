package org.sftoolkit.benchmarks.stub;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Bulk API 2.0 jobs that are done as soon as they are asked for: uploads are counted, results are made while they are sent. */
final class BulkAnswers {

    private static final String HEADER = "\"Id\",\"Name\",\"Phone\",\"Industry\",\"NumberOfEmployees\"\n";
    private static final String ROW =
            "\"001xx0000000000AAA\",\"Account 0000000000\",\"+81-3-1234-5678\",\"Technology\",\"1234\"\n";
    private static final int BLOCK_ROWS = 1000;
    // of /services/data/v66.0/jobs/ingest/{job}
    private static final int JOB = 6;

    private final StubCounters counters;
    private final Buffer block = Buffer.buffer(ROW.repeat(BLOCK_ROWS));
    private int rows = 2_000_000;
    private int pageRows = 100_000;
    private final Map<String, Long> uploaded = new HashMap<>();
    private int jobs;

    BulkAnswers(StubCounters counters) {
        this.counters = counters;
    }

    void resultRows(int total, int page) {
        rows = total;
        pageRows = page;
    }

    void answer(HttpServerRequest request) {
        String path = request.path();
        boolean query = path.contains("/jobs/query");
        if (request.method() == HttpMethod.PUT) {
            upload(request);
        } else if (path.endsWith("/resultPages")) {
            StubServer.json(request, 404, Buffer.buffer("[{\"errorCode\":\"NOT_FOUND\",\"message\":\"none\"}]"));
        } else if (query && path.endsWith("/results")) {
            results(request);
        } else if (path.contains("Results") || path.contains("unprocessed")) {
            request.response()
                    .putHeader("Content-Type", "text/csv")
                    .end("\"sf__Id\",\"sf__Created\",\"Name\",\"Phone\",\"Industry\",\"NumberOfEmployees\"\n");
        } else if (request.method() == HttpMethod.DELETE) {
            request.response().setStatusCode(204).end();
        } else {
            request.bodyHandler(body -> StubServer.json(request, 200, job(query, id(path), body)));
        }
    }

    /** The job that the path names; null if it names no job, for a new one. */
    private static String id(String path) {
        String[] parts = path.split("/");
        return parts.length > JOB ? parts[JOB] : null;
    }

    private void upload(HttpServerRequest request) {
        long[] rows = {-1}; // the header is not a row
        request.handler(part -> {
            counters.bytesIn(part.length());
            for (byte one : part.getBytes()) {
                rows[0] += one == '\n' ? 1 : 0;
            }
        });
        request.endHandler(end -> {
            counters.records(rows[0]);
            uploaded.put(id(request.path()), rows[0]);
            request.response().setStatusCode(201).end();
        });
    }

    private Buffer job(boolean query, String known, Buffer body) {
        String id = known == null ? "750xx%010dAAA".formatted(++jobs) : known;
        String state = known == null ? query ? "UploadComplete" : "Open" : "JobComplete";
        if (known != null && body.toString().contains("state")) {
            state = body.toJsonObject().getString("state");
        }
        return new JsonObject()
                .put("id", id)
                .put("operation", query ? "query" : "insert")
                .put("object", "Account")
                .put("state", state)
                .put("contentType", "CSV")
                .put("apiVersion", 66.0)
                .put("lineEnding", "LF")
                .put("columnDelimiter", "COMMA")
                .put("contentUrl", "services/data/v66.0/jobs/ingest/" + id + "/batches")
                .put("numberRecordsProcessed", query ? rows : uploaded.getOrDefault(id, 0L))
                .put("numberRecordsFailed", 0)
                .toBuffer();
    }

    private void results(HttpServerRequest request) {
        String locator = request.getParam("locator");
        int from = locator == null ? 0 : Integer.parseInt(locator);
        String asked = request.getParam("maxRecords");
        int to = Math.min(rows, from + (asked == null ? pageRows : Math.min(pageRows, Integer.parseInt(asked))));
        HttpServerResponse response = request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/csv; charset=UTF-8")
                .putHeader("Sforce-NumberOfRecords", Integer.toString(to - from))
                .putHeader("Sforce-Locator", to == rows ? "null" : Integer.toString(to));
        counters.records(to - from);
        response.write(HEADER);
        send(response, to - from);
    }

    private void send(HttpServerResponse response, int left) {
        int rest = left;
        while (rest > 0 && !response.writeQueueFull()) {
            int some = Math.min(BLOCK_ROWS, rest);
            response.write(some == BLOCK_ROWS ? block : block.slice(0, some * ROW.length()));
            rest -= some;
        }
        int remaining = rest;
        if (remaining == 0) {
            response.end();
        } else {
            response.drainHandler(drained -> {
                response.drainHandler(null);
                send(response, remaining);
            });
        }
    }
}
