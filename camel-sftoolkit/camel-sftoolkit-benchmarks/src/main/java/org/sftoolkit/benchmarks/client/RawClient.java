package org.sftoolkit.benchmarks.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The limit: the same requests by a bare Vert.x HTTP client on one event loop. Lists to save are encoded for each request;
 * answers are read and not mapped.
 */
final class RawClient implements Client {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final RawCalls calls;

    RawClient(Settings settings) {
        calls = new RawCalls(vertx.createHttpClient(new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(settings.port())
                .setMaxPoolSize(Math.max(1, settings.inFlight()))));
    }

    @Override
    public Work fetch(int count, int inFlight) {
        return repeat(count, 1, inFlight, i -> calls.call(HttpMethod.GET, "/sobjects/Account/" + Workload.id(i), null));
    }

    @Override
    public Work insert(int count, int inFlight) {
        var records = new JsonArray();
        Workload.accounts(200)
                .forEach(account -> records.add(new JsonObject()
                        .put("attributes", new JsonObject().put("type", "Account"))
                        .mergeIn(new JsonObject(account))));
        JsonObject list = new JsonObject().put("allOrNone", false).put("records", records);
        return repeat(count, 200, inFlight, i -> calls.call(HttpMethod.POST, "/composite/sobjects", list.toBuffer()));
    }

    @Override
    public Work retrieve(int count, int inFlight) {
        Buffer body = new JsonObject()
                .put("ids", new JsonArray(Workload.ids(2000)))
                .put("fields", new JsonArray(List.of(Workload.FIELDS.split(","))))
                .toBuffer();
        return repeat(count, 2000, inFlight, i -> calls.call(HttpMethod.POST, "/composite/sobjects/Account", body));
    }

    @Override
    public Work query(int rows) {
        String first = "/query?q=" + (Workload.QUERY + " LIMIT " + rows).replace(" ", "+");
        return () -> await(onLoop(() -> pages(first)));
    }

    // the head of a page names its successor, so that nothing of the page need be parsed
    private Future<Long> pages(String path) {
        return calls.call(HttpMethod.GET, path, null).compose(page -> {
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

    @Override
    public Work ingest(int rows, BulkRows.Form form) {
        if (form == BulkRows.Form.RECORDS) {
            throw Client.unsupported("records");
        }
        byte[] ready = form == BulkRows.Form.BYTES ? BulkRows.bytes(rows) : null;
        return () -> await(onLoop(
                () -> new RawBulk(calls).ingest(ready == null ? BulkRows.blocks(rows) : BulkRows.blocks(ready))));
    }

    @Override
    public Work extract(boolean csv) {
        if (!csv) {
            throw Client.unsupported("rows");
        }
        return () -> await(onLoop(() -> new RawBulk(calls).extract()));
    }

    private Work repeat(int count, int size, int inFlight, IntFunction<Future<?>> call) {
        return () -> {
            var done = new CompletableFuture<Void>();
            vertx.runOnContext(start -> new Loop(count / size, call, done).begin(inFlight));
            done.get();
            return count;
        };
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        var promise = Promise.<T>promise();
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
