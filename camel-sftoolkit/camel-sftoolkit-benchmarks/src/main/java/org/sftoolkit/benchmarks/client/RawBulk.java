package org.sftoolkit.benchmarks.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.Iterator;

/** The bulk jobs of the limit: blocks of CSV pushed as the socket takes them, lines of results counted. */
final class RawBulk {

    private static final int QUEUE = 512 * 1024;

    private final RawCalls calls;

    RawBulk(RawCalls calls) {
        this.calls = calls;
    }

    Future<Long> ingest(Iterator<byte[]> csv) {
        String order =
                "{\"object\":\"Account\",\"operation\":\"insert\",\"contentType\":\"CSV\",\"lineEnding\":\"LF\"}";
        return calls.call(HttpMethod.POST, "/jobs/ingest", Buffer.buffer(order))
                .map(job -> "/jobs/ingest/" + job.toJsonObject().getString("id"))
                .compose(job -> calls.request(HttpMethod.PUT, job + "/batches")
                        .compose(request -> upload(request, csv))
                        .compose(done ->
                                calls.call(HttpMethod.PATCH, job, Buffer.buffer("{\"state\":\"UploadComplete\"}")))
                        .compose(closed -> calls.call(HttpMethod.GET, job, null)))
                .map(state -> state.toJsonObject().getLong("numberRecordsProcessed"));
    }

    private static Future<Buffer> upload(HttpClientRequest request, Iterator<byte[]> csv) {
        request.putHeader("Content-Type", "text/csv").setChunked(true).setWriteQueueMaxSize(QUEUE);
        push(request, csv);
        return request.response().compose(HttpClientResponse::body);
    }

    private static void push(HttpClientRequest request, Iterator<byte[]> blocks) {
        while (blocks.hasNext()) {
            request.write(Buffer.buffer(blocks.next()));
            if (request.writeQueueFull() && blocks.hasNext()) {
                request.drainHandler(drained -> {
                    request.drainHandler(null);
                    push(request, blocks);
                });
                return;
            }
        }
        request.end();
    }

    Future<Long> extract() {
        String order = "{\"operation\":\"query\",\"query\":\"" + Workload.BULK_QUERY + "\"}";
        return calls.call(HttpMethod.POST, "/jobs/query", Buffer.buffer(order))
                .map(job -> "/jobs/query/" + job.toJsonObject().getString("id"))
                .compose(job -> calls.call(HttpMethod.GET, job, null).compose(state -> pages(job, "", 0)));
    }

    private Future<Long> pages(String job, String locator, long before) {
        return calls.request(HttpMethod.GET, job + "/results" + locator)
                .compose(HttpClientRequest::send)
                .compose(page -> lines(page).compose(lines -> {
                    String next = page.getHeader("Sforce-Locator");
                    return next == null || next.equals("null")
                            ? Future.succeededFuture(before + lines)
                            : pages(job, "?locator=" + next, before + lines);
                }));
    }

    private static Future<Long> lines(HttpClientResponse page) {
        Promise<Long> done = Promise.promise();
        long[] lines = {-1}; // the header is not a row
        page.handler(part -> {
            byte[] bytes = part.getBytes();
            lines[0] += BulkRows.lines(bytes, bytes.length);
        });
        page.exceptionHandler(done::tryFail);
        page.endHandler(end -> done.complete(lines[0]));
        return done.future();
    }
}
