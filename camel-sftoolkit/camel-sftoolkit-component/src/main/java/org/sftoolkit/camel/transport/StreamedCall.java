package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;

/**
 * A call whose body is read while it is sent, or whose successful answer goes into a {@link Sink} while it arrives.
 *
 * <p>On the HTTP client below Web Client: Web Client shows an answer only once its body has ended, and its time-out would
 * strike while a slow reader, not the server, holds the body back.
 */
final class StreamedCall {

    private final Vertx vertx;
    private final HttpClient client;
    private final Duration timeout;

    StreamedCall(Vertx vertx, HttpClient client, Duration timeout) {
        this.vertx = vertx;
        this.client = client;
        this.timeout = timeout;
    }

    Future<Response> send(Request request) {
        var options = new RequestOptions()
                .setMethod(request.method())
                .setAbsoluteURI(request.path())
                // all connections may be held by readers who wait for this very call
                .setConnectTimeout(timeout.toMillis());
        request.headers().forEach(options::putHeader);
        if (request.body().contentType() != null) {
            options.putHeader("Content-Type", request.body().contentType());
        }
        return client.request(options).compose(call -> {
            var watch = new IdleWatch(vertx, timeout, call);
            // a body that cannot be opened ends the call, too
            return Future.succeededFuture(request.body())
                    .compose(body -> send(body, call, watch))
                    .compose(answer -> receive(request.sink(), answer, watch))
                    .onComplete(done -> watch.stop())
                    // a reader that gave up, or a failure midway: the rest of the body is not wanted
                    .onFailure(failure -> call.reset());
        });
    }

    private static Future<HttpClientResponse> send(Body body, HttpClientRequest call, IdleWatch watch) {
        if (body instanceof Body.Bytes bytes) {
            return call.send(bytes.content().get());
        }
        if (body instanceof Body.Stream stream) {
            if (stream.length() >= 0) {
                call.putHeader("Content-Length", Long.toString(stream.length()));
            } else {
                call.setChunked(true);
            }
            return call.send(watch.watched(stream.content().get()));
        }
        return call.send();
    }

    private static Future<Response> receive(Sink sink, HttpClientResponse answer, IdleWatch watch) {
        int status = answer.statusCode();
        watch.active();
        if (sink == null || status < 200 || status >= 300 || !sink.accepts(status, answer.headers())) {
            return answer.body().map(body -> new Response(status, answer.headers(), body));
        }
        WriteStream<Buffer> target = watch.watched(sink.open(status, answer.headers()));
        return answer.pipe()
                .endOnFailure(false)
                .to(target)
                .map(done -> new Response(status, answer.headers(), Buffer.buffer()));
    }
}
