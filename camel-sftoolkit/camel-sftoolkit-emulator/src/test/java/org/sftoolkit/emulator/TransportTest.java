package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.Errors.assertError;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.traffic.LoggedRequest;

class TransportTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC);
    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("t").clock(CLOCK).start();
    private final Client client = new Client(EMULATOR.url(), "t");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void answersAreCompressedOnlyWhenAsked() throws Exception {
        HttpResponse<byte[]> zipped = client.http()
                .send(client.request("/sobjects", "Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes(),
                        StandardCharsets.UTF_8))
                .startsWith("{\"encoding\":\"UTF-8\"");
        Client.Reply plain = client.get("/sobjects");
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(plain.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
    }

    @Test
    void compressedRequestsAreRead() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("{\"Name\":\"zipped\"}".getBytes(StandardCharsets.UTF_8));
        }

        Client.Reply reply = client.send(client.request("/sobjects/Account", "Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(EMULATOR.org().all("Account"))
                .anySatisfy(row -> assertThat(row).containsEntry("Name", "zipped"));
        assertError(
                client.call("POST", "/sobjects/Account", "{}", "Content-Encoding", "br"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void tooLongAddressesAndHeadersAreRefusedInHtml() {
        Client.Reply uri = client.get("/sobjects/Account/x?fields=" + "x".repeat(16_384));
        Client.Reply header = client.call("GET", "/limits", null, "X-Long", "x".repeat(16_384));

        assertThat(uri.status()).isEqualTo(414);
        assertThat(uri.body()).isEqualTo("<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>");
        assertThat(uri.header("Content-Type")).startsWith("text/html");
        assertThat(header.status()).isEqualTo(431);
        assertThat(header.body()).contains("Bad Message 431");
        assertThat(client.get("/limits").status()).isEqualTo(200);
    }

    @Test
    void theDateHeaderIsTheOrgsTime() {
        String id = EMULATOR.org().insert("Account", Map.of("Name", "x"));

        assertThat(client.get("/limits").header("Date")).isEqualTo("Tue, 3 Feb 2026 04:05:06 GMT");
        assertThat(client.get("/sobjects/Account/" + id)
                        .json()
                        .path("SystemModstamp")
                        .asText())
                .isEqualTo("2026-02-03T04:05:06.000+0000");
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertError(
                client.call("POST", "/sobjects/Account", "<x/>", "Content-Type", "application/xml"),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertError(client.call("GET", "/limits", null, "Accept", "application/xml"), 406, "NOT_ACCEPTABLE");
        assertThat(client.call("GET", "/limits", null, "Accept", "*/*").status())
                .isEqualTo(200);
    }

    @Test
    void headAnswersWithoutABody() {
        Client.Reply reply = client.call("HEAD", "/limits", null);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void requestsAreLoggedWithTheirHeadersAndShownWithoutCredentials() {
        EMULATOR.requests().reset();

        client.call(
                "POST", "/sobjects/Account?x=1", "{\"Name\":\"é\"}", "Sforce-Auto-Assign", "FALSE", "User-Agent", "me");

        assertThat(EMULATOR.requests().count()).isEqualTo(1);
        assertThat(EMULATOR.requests().count("POST sobjects/{object}")).isEqualTo(1);
        assertThat(EMULATOR.requests().count("sobjects/Account")).isEqualTo(1);
        assertThat(EMULATOR.requests().count("GET sobjects/{object}")).isZero();
        LoggedRequest request = EMULATOR.requests().list().get(0);
        assertThat(request.status()).isEqualTo(201);
        assertThat(request.path()).isEqualTo(Client.DATA + "/sobjects/Account?x=1");
        assertThat(request.userAgent()).isEqualTo("me");
        assertThat(request.bodySize()).isEqualTo("{\"Name\":\"é\"}".getBytes(StandardCharsets.UTF_8).length);
        assertThat(request.headers())
                .containsEntry("sforce-auto-assign", "FALSE")
                .containsEntry("authorization", "Bearer t");
        assertThat(request.toString()).contains("sforce-auto-assign=FALSE").doesNotContain("Bearer");
        assertThat(request.body()).isNull();
        assertThat(client.get("/__emulator/requests").body())
                .contains("sforce-auto-assign")
                .doesNotContain("Bearer");
    }

    @Test
    void bodiesAreKeptIfAskedFor() {
        EMULATOR.requests().reset();
        EMULATOR.requests().keepBodies(10);
        client.post("/sobjects/Account", "{\"Name\":\"Acme\"}");
        EMULATOR.requests().keepBodies(0);

        assertThat(EMULATOR.requests().list().get(0).body()).isEqualTo("{\"Name\":\"A");
        assertThat(client.get("/__emulator/requests")
                        .json()
                        .at("/requests/0/body")
                        .asText())
                .isEqualTo("{\"Name\":\"A");
    }

    @Test
    void closedTwiceItStaysClosed() {
        SalesforceEmulator emulator = SalesforceEmulator.builder().start();
        emulator.close();
        emulator.close();
    }

    @Test
    void latencyHoldsNoThreadAndHundredsAreInFlight() {
        int threads = Thread.activeCount();
        try (SalesforceEmulator slow = SalesforceEmulator.builder()
                .accessToken("t")
                .latency(Duration.ofMillis(300))
                .start()) {
            Client session = new Client(slow.url(), "t");
            List<CompletableFuture<HttpResponse<Void>>> calls = IntStream.range(0, 300)
                    .mapToObj(i ->
                            session.http().sendAsync(session.request("/limits").build(), BodyHandlers.discarding()))
                    .toList();
            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));

            assertThat(slow.requests().peakInFlight()).isGreaterThan(200);
            int peak = slow.requests().peakInFlight();
            for (String key : List.of("GET limits", "limits", "GET lim*", "*", "/services/data/v66.0/limits")) {
                assertThat(slow.requests().peakInFlight(key)).as(key).isEqualTo(peak);
            }
            assertThat(slow.requests().peakInFlight("POST *")).isZero();
            assertThat(slow.requests().inFlight()).isZero();
            long own = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("vert.x"))
                    .count();
            assertThat(own).as("threads, before: %d", threads).isLessThanOrEqualTo(2 * 8);
        }
    }

    @Test
    void closingFreesPortAndThreads() throws Exception {
        SalesforceEmulator first = SalesforceEmulator.builder().start();
        int port = first.port();
        first.close();

        try (SalesforceEmulator second = SalesforceEmulator.builder().port(port).start()) {
            assertThat(second.port()).isEqualTo(port);
            assertThat(new Client(second.url(), null).get("/services/data").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTakenPortIsReported() {
        assertThatThrownBy(
                        () -> SalesforceEmulator.builder().port(EMULATOR.port()).start())
                .hasMessageContaining("in use");
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        try (SalesforceEmulator emulator = SalesforceEmulator.builder()
                        .idleTimeout(Duration.ofMillis(200))
                        .start();
                Socket socket = new Socket("127.0.0.1", emulator.port())) {
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }
}
