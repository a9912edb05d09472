package org.sftoolkit.benchmarks.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Requests of a bare HTTP client, with no more headers than Salesforce needs. */
record RawCalls(HttpClient http) {

    private static final String BASE = "/services/data/v66.0";

    Future<HttpClientRequest> request(HttpMethod method, String path) {
        return http.request(new RequestOptions()
                .setMethod(method)
                .setURI(path.startsWith(BASE) ? path : BASE + path)
                .putHeader("Authorization", "Bearer BENCHMARK")
                .putHeader("Accept", "application/json"));
    }

    Future<Buffer> call(HttpMethod method, String path, Buffer body) {
        return request(method, path)
                .compose(request -> body == null
                        ? request.send()
                        : request.putHeader("Content-Type", "application/json").send(body))
                .compose(response -> response.statusCode() < 300
                        ? response.body()
                        : Future.failedFuture(method + " " + path + " answered " + response.statusCode()));
    }
}
