package org.sftoolkit.benchmarks.stub;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Answers of Salesforce's shape, rendered once, after a set latency. One event loop, no state but counters; what it was asked
 * for it counts, so that a run can show that its work was done.
 */
public final class StubServer {

    private final Vertx vertx;
    private final HttpServer server;
    private final StubCounters counters = new StubCounters();
    private final RecordAnswers records = new RecordAnswers();
    private final BulkAnswers bulk;
    private int latency;

    /** @param vertx whose event loop it runs on */
    public StubServer(Vertx vertx) {
        this.vertx = vertx;
        this.bulk = new BulkAnswers(counters);
        this.server = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(65_536));
        server.requestHandler(this::handle);
    }

    /** Begins to listen on loopback; gives the port. */
    public Future<Integer> listen(int port) {
        return server.listen(port, "127.0.0.1").map(HttpServer::actualPort);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().startsWith("/__")) {
            control(request);
            return;
        }
        counters.begin();
        request.response().endHandler(done -> counters.end());
        if (latency > 0) {
            request.pause();
            vertx.setTimer(latency, fired -> {
                request.resume();
                answer(request);
            });
        } else {
            answer(request);
        }
    }

    private void control(HttpServerRequest request) {
        if (request.path().equals("/__config")) {
            latency = number(request, "latency", 0);
            records.queryRows(number(request, "queryRows", 200_000));
            bulk.resultRows(number(request, "bulkRows", 2_000_000), number(request, "bulkPageRows", 100_000));
            counters.reset();
        }
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(counters.json().toBuffer());
    }

    private static int number(HttpServerRequest request, String name, int otherwise) {
        String text = request.getParam(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/services/oauth2/token")) {
            String url = "http://" + request.authority();
            json(request, 200, token(url));
        } else if (path.equals("/services/oauth2/revoke")) {
            // camel-salesforce logs out when it stops, and waits for the answer for ever
            request.response().end();
        } else if (request.getHeader("Authorization") == null) {
            json(request, 401, Buffer.buffer("[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"no token\"}]"));
        } else if (path.contains("/jobs/")) {
            bulk.answer(request);
        } else if (path.contains("/composite/sobjects")) {
            request.bodyHandler(body -> collection(request, body));
        } else if (path.contains("/query")) {
            json(request, 200, page(request));
        } else if (request.method() == HttpMethod.GET && path.contains("/sobjects/")) {
            json(request, 200, records.record(path.substring(path.lastIndexOf('/') + 1)));
        } else {
            json(request, 404, Buffer.buffer("[{\"errorCode\":\"NOT_FOUND\",\"message\":\"the stub has none\"}]"));
        }
    }

    private void collection(HttpServerRequest request, Buffer body) {
        if (request.path().endsWith("/sobjects")) {
            int count = occurrences(body, "\"attributes\"");
            counters.records(count);
            json(request, 200, records.saved(count));
        } else {
            var ids = body.toJsonObject().getJsonArray("ids");
            counters.records(ids.size());
            json(request, 200, records.retrieved(ids));
        }
    }

    private Buffer page(HttpServerRequest request) {
        Buffer page = records.page(request.path(), request.getParam("q"));
        counters.records(Math.min(RecordAnswers.PAGE, records.queryRows()));
        return page;
    }

    private static int occurrences(Buffer body, String text) {
        String all = body.toString("ISO-8859-1");
        int count = 0;
        for (int at = all.indexOf(text); at >= 0; at = all.indexOf(text, at + text.length())) {
            count++;
        }
        return count;
    }

    private static Buffer token(String url) {
        return new JsonObject()
                .put("access_token", "00Dxx0000000001EAA!STUB")
                .put("instance_url", url)
                .put("id", url + "/id/00Dxx0000000001EAA/005xx0000000001AAA")
                .put("token_type", "Bearer")
                .put("issued_at", "1767225600000")
                .put("signature", "none")
                .toBuffer();
    }

    static void json(HttpServerRequest request, int status, Buffer body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .putHeader("Sforce-Limit-Info", "api-usage=1/1000000")
                .end(body);
    }
}
