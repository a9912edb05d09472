package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.error.TransportException;

class VertxTransportTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger connections = new AtomicInteger();
    // the first handshake of a JVM takes its time
    private Duration timeout = Duration.ofSeconds(10);
    private VertxTransport transport = transport(new WebClientOptions());

    private VertxTransport transport(WebClientOptions options) {
        return new VertxTransport(
                vertx, options.setConnectTimeout(2_000), new WireBounds(timeout, 1 << 20, options.getMaxPoolSize()));
    }

    @AfterEach
    void close() {
        transport.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static <T> T await(Future<T> future) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(future::isComplete);
        return future.result();
    }

    private int http(Consumer<HttpServerRequest> handler) {
        HttpServer server = await(vertx.createHttpServer()
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(handler::accept)
                .listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private int tcp(Consumer<NetSocket> handler) {
        NetServer server =
                await(vertx.createNetServer().connectHandler(handler::accept).listen(0, "127.0.0.1"));
        return server.actualPort();
    }

    private TransportException failure(String url) {
        Future<Response> answer = transport.send(Request.of(HttpMethod.POST, url, Body.form("a=b"), Replay.NEVER));
        await(answer);
        assertThat(answer.cause()).isInstanceOf(TransportException.class);
        return (TransportException) answer.cause();
    }

    @Test
    void requestsToServersInTurnReachTheirOwnWithTheWholeResource() {
        int one = http(request -> request.response().end("one " + request.uri()));
        int other = http(request -> request.response().end("other " + request.uri()));
        for (int round = 0; round < 2; round++) {
            assertThat(text("http://127.0.0.1:" + one + "/a?b=c%2Fd#e")).isEqualTo("one /a?b=c%2Fd");
            assertThat(text("http://127.0.0.1:" + one + "?q=1/2")).isEqualTo("one /?q=1/2");
            assertThat(text("http://localhost:" + other)).isEqualTo("other /");
        }
    }

    private String text(String url) {
        return await(transport.send(Request.get(url))).text();
    }

    @Test
    void aPortThatNobodyListensAtMeansNotSent() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var failure = failure("http://127.0.0.1:" + port + "/services/data?q=secret");
        assertThat(failure.sent()).isFalse();
        assertThat(failure.retryable()).as("even an insert").isTrue();
        assertThat(failure.request()).isEqualTo("POST /services/data");
    }

    @Test
    void aHostThatDoesNotExistMeansNotSent() {
        assertThat(failure("http://no-such-host.invalid/").sent()).isFalse();
    }

    @Test
    void aHandshakeThatFailsMeansNotSent() {
        int port = http(request -> request.response().end());
        assertThat(failure("https://127.0.0.1:" + port + "/")).matches(failure -> !failure.sent(), "not sent");
    }

    @Test
    void aConnectionThatIsCutAfterTheRequestMeansUnknown() {
        int port = tcp(socket -> socket.handler(request -> socket.close()));
        var failure = failure("http://127.0.0.1:" + port + "/");
        assertThat(failure.sent()).isTrue();
        assertThat(failure.outcomeUnknown()).isTrue();
        assertThat(failure).hasMessageContaining("it is unknown whether Salesforce carried out the request");
    }

    @Test
    void aConnectionThatIsCutWithinTheAnswerMeansUnknown() {
        int port = tcp(socket -> socket.handler(request -> socket.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":")
                .onComplete(sent -> socket.close())));
        assertThat(failure("http://127.0.0.1:" + port + "/").outcomeUnknown()).isTrue();
    }

    @Test
    void silenceEndsAtRequestTimeout() {
        transport.close();
        timeout = Duration.ofMillis(500);
        transport = transport(new WebClientOptions());
        int port = tcp(socket -> {});
        var failure = failure("http://127.0.0.1:" + port + "/");
        assertThat(failure).hasMessageContaining("requestTimeout=500");
        assertThat(failure.outcomeUnknown()).isTrue();
        Future<Response> streamed =
                transport.send(Request.get("http://127.0.0.1:" + port + "/").into((status, headers) -> null));
        await(streamed);
        assertThat(streamed.cause()).hasMessageContaining("requestTimeout=500");
    }

    @Test
    void anIdleConnectionIsNotUsedAgain() {
        transport.close();
        transport = transport(new WebClientOptions().setKeepAliveTimeout(1));
        int port = http(request -> request.response().end());
        Request read = Request.get("http://127.0.0.1:" + port + "/");
        await(transport.send(read));
        await(transport.send(read));
        assertThat(connections).hasValue(1);
        Awaitility.await()
                .pollDelay(Duration.ofMillis(2_500))
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> true);
        await(transport.send(read));
        assertThat(connections).hasValue(2);
    }

    @Test
    void answersArriveDecompressed() {
        transport.close();
        transport = transport(new WebClientOptions().setDecompressionSupported(true));
        var asked = new AtomicInteger();
        HttpServer server =
                await(vertx.createHttpServer(new io.vertx.core.http.HttpServerOptions().setCompressionSupported(true))
                        .requestHandler(request -> {
                            asked.addAndGet(request.getHeader("Accept-Encoding").contains("gzip") ? 1 : 0);
                            request.response()
                                    .putHeader("Content-Type", "application/json")
                                    .end("[\"é\"]".repeat(1));
                        })
                        .listen(0, "127.0.0.1"));
        Response answer = await(transport.send(Request.get("http://127.0.0.1:" + server.actualPort() + "/")));
        assertThat(answer.text()).isEqualTo("[\"é\"]");
        assertThat(asked).hasValue(1);
    }

    @Test
    void redirectsAreNotFollowed() {
        int port = http(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", "http://evil.invalid/")
                .end());
        Response answer = await(transport.send(Request.get("http://127.0.0.1:" + port + "/")));
        assertThat(answer.status()).as("the token goes to no other host").isEqualTo(302);
    }

    @Test
    void aSinkThatDeclinesTheAnswerDoesNotGetIt() {
        int port = http(request ->
                request.response().putHeader("Content-Type", "text/html").end("<html>no CSV</html>"));
        var opened = new AtomicInteger();
        Sink csv = new Sink() {
            @Override
            public io.vertx.core.streams.WriteStream<io.vertx.core.buffer.Buffer> open(
                    int status, io.vertx.core.MultiMap headers) {
                opened.incrementAndGet();
                throw new IllegalStateException("not asked for");
            }

            @Override
            public boolean accepts(int status, io.vertx.core.MultiMap headers) {
                return headers.get("Content-Type").startsWith("text/csv");
            }
        };
        Response answer = await(
                transport.send(Request.get("http://127.0.0.1:" + port + "/").into(csv)));
        assertThat(answer.text()).contains("no CSV");
        assertThat(opened).hasValue(0);
    }
}
