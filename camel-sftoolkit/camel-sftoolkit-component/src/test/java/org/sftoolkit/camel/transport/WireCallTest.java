package org.sftoolkit.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.client.StreamedInput;
import org.sftoolkit.camel.error.TransportException;
import org.sftoolkit.camel.error.UnreadableResponseException;

/** The bounds of one call, against servers that answer by hand. */
class WireCallTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger received = new AtomicInteger();
    private VertxTransport wire = wire(new WebClientOptions());

    private VertxTransport wire(WebClientOptions options) {
        options.setMaxPoolSize(2).setConnectTimeout(300).setSslHandshakeTimeout(300);
        options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        return new VertxTransport(vertx, options, new WireBounds(TIMEOUT, MOST_BYTES, 2));
    }

    @AfterEach
    void close() {
        wire.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static <T> Future<T> ended(Future<T> future) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(future::isComplete);
        return future;
    }

    /** Answers each request, whose head is given, by hand. */
    private String server(BiConsumer<String, NetSocket> answer) {
        var server = vertx.createNetServer(new NetServerOptions())
                .connectHandler(socket -> socket.handler(bytes -> {
                    received.addAndGet(bytes.length());
                    if (bytes.toString().contains("HTTP/1.1")) {
                        answer.accept(bytes.toString(), socket);
                    }
                }));
        return "http://127.0.0.1:"
                + ended(server.listen(0, "127.0.0.1")).result().actualPort() + "/services/data";
    }

    private Future<Response> get(String url) {
        return wire.send(Request.get(url));
    }

    private static TransportException notSent(Future<?> answer) {
        assertThat(ended(answer).cause())
                .isInstanceOfSatisfying(TransportException.class, failure -> assertThat(failure.sent())
                        .isFalse());
        return (TransportException) answer.cause();
    }

    private static String head(String more) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + more + "\r\n\r\n";
    }

    @Test
    void unreadStreamsThatHoldAllConnectionsAreNamedAndTheirCloseHelps() throws Exception {
        String url = server((request, socket) -> socket.write(
                request.contains("/file")
                        ? head("Content-Length: 9000000") + "x".repeat(1_000_000)
                        : head("Content-Length: 2") + "[]"));
        List<BodyInput> unread = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            unread.add(new BodyInput(1_000).from(wire, Request.get(url + "/file")));
            BodyInput held = unread.get(i);
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> held.available() > 1_000);
        }
        assertThat(notSent(get(url)))
                .hasMessageContaining("2 open streams use all of them")
                .hasMessageContaining("maxConnections=2");
        unread.get(0).close();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> ended(get(url))
                .succeeded());
        unread.get(1).close();
    }

    @Test
    void aStalledHandshakeAndAStalledProxyEndAsNotSentAndFreeTheirPlaces() {
        String silent = server((request, socket) -> {});
        for (int i = 0; i < 4; i++) {
            notSent(get(silent.replace("http:", "https:")));
        }
        int port = Integer.parseInt(silent.replaceAll("\\D+127.0.0.1:(\\d+).*", "$1"));
        wire.close();
        wire = wire(new WebClientOptions()
                .setProxyOptions(new ProxyOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setConnectTimeout(Duration.ofMillis(300))));
        notSent(get("https://acme.invalid/services/data"));
    }

    @Test
    void anAnswerThatIsLargeAndSlowerThanTheTimeOutIsReadToItsEnd() {
        String url = server((request, socket) -> {
            socket.write(head("Content-Length: 90000"));
            var sent = new AtomicInteger();
            vertx.setPeriodic(50, timer -> {
                socket.write("x".repeat(2_000));
                if (sent.addAndGet(2_000) >= 90_000) {
                    vertx.cancelTimer(timer);
                }
            });
        });
        assertThat(ended(get(url)).result().body()).hasSize(90_000);
    }

    @Test
    void theTimeOfASlowReaderIsNotTheServers() throws Exception {
        String url = server((request, socket) -> socket.write(head("Content-Length: 3000000") + "x".repeat(3_000_000)));
        try (var in = new BodyInput(1_000).from(wire, Request.get(url))) {
            int read = in.readNBytes(1_000).length;
            Awaitility.await().pollDelay(TIMEOUT.multipliedBy(3)).until(() -> true);
            read += in.readAllBytes().length;
            assertThat(read).isEqualTo(3_000_000);
        }
    }

    @Test
    void anAnswerInMemoryIsBoundedAndOneThatIsReadIsNot() throws Exception {
        String url = server((request, socket) -> socket.write(head("Content-Length: 200000") + "x".repeat(200_000)));
        assertThat(ended(get(url)).cause())
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessageContaining("maxAnswerBytes=" + MOST_BYTES);
        try (var in = new BodyInput(1_000).from(wire, Request.get(url))) {
            assertThat(in.readAllBytes()).hasSize(200_000);
        }
    }

    @Test
    void ofAnEndlessRefusalTheBeginningIsKept() {
        String url = server((request, socket) ->
                socket.write("HTTP/1.1 503 Down\r\nContent-Length: 999999999\r\n\r\n" + "<".repeat(1_000_000)));
        Response answer = ended(get(url)).result();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().length).isBetween(1, 1_000_000);
    }

    @Test
    void earlyHintsAndBodiesThatMayNotBeSpoilNoAnswer() {
        String url = server((request, socket) -> socket.write(
                request.contains("/hints")
                        ? "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                                + head("Content-Length: 2") + "[]"
                        : "HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody"));
        assertThat(ended(get(url + "/hints")).result().text()).isEqualTo("[]");
        for (int i = 0; i < 4; i++) {
            Future<Response> answer = ended(get(url));
            assertThat(answer.succeeded() ? answer.result().status() : 204).isEqualTo(204);
        }
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> ended(get(url + "/hints"))
                .succeeded());
    }

    private Request upload(String url, java.util.concurrent.Callable<Buffer> source) {
        return Request.of(
                HttpMethod.POST,
                url,
                new Body.Stream(
                        "text/csv",
                        () -> new StreamedInput(source, piece -> vertx.executeBlocking(piece, false)),
                        -1,
                        false),
                Replay.NEVER);
    }

    @Test
    void anUploadThatTheServerDoesNotReadEnds() {
        String url = server((request, socket) -> socket.pause());
        Future<Response> answer = wire.send(upload(url, () -> Buffer.buffer(new byte[64 * 1024])));
        assertThat(ended(answer).cause()).hasMessageContaining("requestTimeout=1000");
    }

    @Test
    void anUploadThatIsRefusedEarlyIsSentNoFurther() {
        String url = server((request, socket) -> socket.write("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"));
        var pieces = new AtomicInteger();
        Future<Response> answer = wire.send(upload(url, () -> {
            pieces.incrementAndGet();
            return Buffer.buffer(new byte[1024]);
        }));
        assertThat(ended(answer).result().status()).isEqualTo(401);
        var last = new AtomicInteger(-1);
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> last.getAndSet(pieces.get()) == pieces.get());
    }

    @Test
    void aSourceThatGivesNothingEndsTheUploadInTheEnd() {
        String url = server((request, socket) -> {});
        var pieces = new AtomicInteger();
        var never = new java.util.concurrent.CountDownLatch(1);
        Future<Response> answer = wire.send(upload(url, () -> {
            if (pieces.incrementAndGet() > 1) {
                never.await();
            }
            return Buffer.buffer("Id\n");
        }));
        assertThat(ended(answer).cause()).hasMessageContaining("the source of the request body");
        never.countDown();
    }
}
