package org.sftoolkit.benchmarks.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** The limit: the same requests by a bare Vert.x HTTP client on one event loop; answers are read and not mapped. */
final class RawClient implements Client {

    private static final String BASE = "/services/data/v66.0";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final String url;

    RawClient(Settings settings) {
        url = settings.url();
        http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(Math.max(1, settings.inFlight())));
    }

    @Override
    public void fetch(int count, int inFlight) throws Exception {
        repeat(count, inFlight, i -> call(HttpMethod.GET, BASE + "/sobjects/Account/" + Workload.id(i), null));
    }

    @Override
    public void insert(int count, int inFlight) throws Exception {
        var records = new JsonArray();
        Workload.accounts(200)
                .forEach(account -> records.add(new JsonObject()
                        .put("attributes", new JsonObject().put("type", "Account"))
                        .mergeIn(new JsonObject(account))));
        Buffer body =
                new JsonObject().put("allOrNone", false).put("records", records).toBuffer();
        repeat(count / 200, inFlight, i -> call(HttpMethod.POST, BASE + "/composite/sobjects", body));
    }

    @Override
    public void retrieve(int count, int inFlight) throws Exception {
        Buffer body = new JsonObject()
                .put("ids", new JsonArray(Workload.ids(2000)))
                .put("fields", new JsonArray(java.util.List.of(Workload.FIELDS.split(","))))
                .toBuffer();
        repeat(count / 2000, inFlight, i -> call(HttpMethod.POST, BASE + "/composite/sobjects/Account", body));
    }

    @Override
    public long query(int rows) throws Exception {
        String first = BASE + "/query?q=" + (Workload.QUERY + " LIMIT " + rows).replace(" ", "+");
        return await(onLoop(() -> pages(first)));
    }

    // the head of a page names its successor, so that nothing of the page need be parsed
    private Future<Long> pages(String path) {
        return call(HttpMethod.GET, path, null).compose(page -> {
            String head = page.getString(0, Math.min(200, page.length()));
            String next = between(head, "nextRecordsUrl\":\"", "\"");
            return next == null
                    ? Future.succeededFuture(Long.parseLong(between(head, "totalSize\":", ",")))
                    : pages(next);
        });
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        return start < 0 ? null : text.substring(start + before.length(), text.indexOf(after, start + before.length()));
    }

    private Future<Buffer> call(HttpMethod method, String path, Buffer body) {
        var options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url + path)
                .putHeader("Authorization", "Bearer BENCHMARK");
        if (body != null) {
            options.putHeader("Content-Type", "application/json");
        }
        return http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.statusCode() < 300
                        ? response.body()
                        : Future.failedFuture(method + " " + path + " answered " + response.statusCode()));
    }

    private void repeat(int count, int inFlight, IntFunction<Future<?>> call) throws Exception {
        var done = new CompletableFuture<Void>();
        vertx.runOnContext(start -> new Loop(count, call, done).begin(inFlight));
        if (count > 0) {
            done.get();
        }
    }

    private <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> work) {
        var promise = io.vertx.core.Promise.<T>promise();
        vertx.runOnContext(start -> work.get().onComplete(promise));
        return promise.future();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /** Keeps calls under way until all are done; on one event loop, and so without locks. */
    private static final class Loop {
        private final int count;
        private final IntFunction<Future<?>> call;
        private final CompletableFuture<Void> done;
        private int begun;
        private int ended;

        Loop(int count, IntFunction<Future<?>> call, CompletableFuture<Void> done) {
            this.count = count;
            this.call = call;
            this.done = done;
        }

        void begin(int inFlight) {
            for (int i = 0; i < inFlight; i++) {
                next();
            }
        }

        private void next() {
            if (begun >= count) {
                return;
            }
            call.apply(begun++).onComplete(answer -> {
                if (answer.failed()) {
                    done.completeExceptionally(answer.cause());
                } else if (++ended == count) {
                    done.complete(null);
                } else {
                    next();
                }
            });
        }
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }
}
