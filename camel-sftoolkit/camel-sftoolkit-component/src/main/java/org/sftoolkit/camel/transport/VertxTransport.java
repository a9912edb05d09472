package org.sftoolkit.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.TransportException;

/**
 * The wire: Vert.x Web Client, and the only class that knows it. Thread-safe, never blocks.
 *
 * <p>Fails with {@link TransportException} only; every answer, of whatever status, is a success here.
 */
public final class VertxTransport implements Transport, AutoCloseable {

    private final HttpClient connections;
    private final WebClient client;
    private final StreamedCall streamed;
    private final Duration timeout;
    private final EventLoop loop;
    private volatile boolean closed;

    /**
     * @param vertx   of whose event loops it uses one
     * @param options of the client
     * @param timeout longest wait for the next bytes of an answer
     */
    public VertxTransport(Vertx vertx, WebClientOptions options, Duration timeout) {
        this.connections = vertx.createHttpClient(options);
        this.client = WebClient.wrap(connections, options);
        this.streamed = new StreamedCall(vertx, connections, timeout);
        this.timeout = timeout;
        this.loop = new EventLoop(vertx);
    }

    @Override
    public Future<Response> send(Request request) {
        if (closed) {
            return Future.failedFuture(new TransportException(
                    "the connection to Salesforce was closed", request.line(), false, request.repeatable(), null));
        }
        if (request.tally() != null) {
            request.tally().count();
        }
        Future<Response> answer =
                isStreamed(request) ? loop.call(() -> streamed.send(request)) : whole(request, content(request.body()));
        // a sink that cannot read what comes says so itself
        return answer.recover(failure ->
                Future.failedFuture(failure instanceof SfToolkitException ? failure : noAnswer(request, failure)));
    }

    private static boolean isStreamed(Request request) {
        return request.sink() != null || request.body() instanceof Body.Stream;
    }

    // made by the caller's thread: what is encoded need not hold the loop
    private static Buffer content(Body body) {
        return body instanceof Body.Bytes bytes ? bytes.content().get() : null;
    }

    private Future<Response> whole(Request request, Buffer content) {
        HttpRequest<byte[]> http = client.requestAbs(request.method(), request.path())
                .timeout(timeout.toMillis())
                .followRedirects(false)
                .as(new WholeBody.Codec());
        request.headers().forEach(http::putHeader);
        if (request.body().contentType() != null) {
            http.putHeader("Content-Type", request.body().contentType());
        }
        return loop.call(() -> content == null ? http.send() : http.sendBuffer(content))
                .map(answer -> new Response(answer.statusCode(), answer.headers(), answer.body(), false));
    }

    private TransportException noAnswer(Request request, Throwable failure) {
        boolean sent = !Unsent.certainly(failure);
        String what = (failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException) && sent
                ? "no answer within requestTimeout=" + timeout.toMillis() + " ms"
                : "no answer: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        return new TransportException(what, request.line(), sent, request.repeatable(), failure);
    }

    /** Closes the client and its connections; requests under way fail. Completes when they are closed. */
    public Future<Void> shutdown() {
        closed = true;
        return connections.close();
    }

    /** As {@link #shutdown()}, without waiting. */
    @Override
    public void close() {
        shutdown();
    }
}
