package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.Errors.assertError;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Point;

class WireFaultsTest {

    private static final DrivenClock CLOCK = new DrivenClock(Instant.parse("2026-03-01T10:00:00Z"));
    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("t").clock(CLOCK).start();
    private static final String LIMITS = Client.DATA + "/limits";
    private final Client client = new Client(EMULATOR.url(), "t");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void whole() {
        EMULATOR.faults().clear();
        EMULATOR.org().clear();
        EMULATOR.requests().reset();
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_HEAD,''",
        "IN_HEAD,HTTP/1.1 200",
        "AFTER_HEAD,'\r\n\r\n'",
        "IN_BODY,'\r\n\r\n{'",
        "LAST_BYTE,'}'"
    })
    void anAnswerThatStallsSendsNoMoreThanItsPart(Point point, String mark) throws IOException {
        EMULATOR.faults().next(when("limits"), Fault.stall(point));

        try (Socket socket = asked("GET", LIMITS, "")) {
            String part = untilSilence(socket);

            assertThat(part).contains(mark);
            switch (point) {
                case BEFORE_HEAD -> assertThat(part).isEmpty();
                case IN_HEAD -> assertThat(part).doesNotContain("\r\n\r\n");
                case AFTER_HEAD -> assertThat(part).endsWith("\r\n\r\n");
                default -> assertThat(body(part)).hasSizeLessThan(contentLength(part));
            }
            if (point == Point.LAST_BYTE) {
                assertThat(body(part)).hasSize(contentLength(part) - 1);
            }
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(EMULATOR.requests().inFlight()).isZero());
    }

    @ParameterizedTest
    @EnumSource(Point.class)
    void answerIsCompleteAfterAShortStall(Point point) throws IOException {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.stall(point, Duration.ofMillis(150)));
        String record = "{\"Name\":\"a\"}";

        long start = System.nanoTime();
        try (Socket socket = asked("POST", Client.DATA + "/sobjects/Account", record)) {
            String answer = until(socket, "\"errors\":[]}");
            assertThat(answer).startsWith("HTTP/1.1 201");
            assertThat(body(answer)).hasSize(contentLength(answer));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aStalledRequestIsNotRead() throws IOException {
        EMULATOR.faults().next(when("POST sobjects/Account"), Fault.stall(Point.IN_REQUEST));

        try (Socket socket = asked("POST", Client.DATA + "/sobjects/Account", "{\"Name\":\"a\"}")) {
            assertThat(untilSilence(socket)).isEmpty();
            assertThat(EMULATOR.org().count("Account")).isZero();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(EMULATOR.requests().inFlight()).isZero());
    }

    @Test
    void anEarlyAnswerDoesNotWaitForTheBody() throws IOException {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.early(Fault.status(401)));

        try (Socket socket = asked("POST", Client.DATA + "/sobjects/Account", "{", 1_000)) {
            assertThat(until(socket, "]")).startsWith("HTTP/1.1 401").contains("INVALID_SESSION_ID");
        }
    }

    @Test
    void aSlowBodyComesInPortions() {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.slowBody(10, Duration.ofMillis(20)));

        long start = System.nanoTime();
        Client.Reply reply = client.post("/sobjects/Account", "{\"Name\":\"a\"}");
        assertThat(reply.json().path("success").asBoolean()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(20L * (reply.body().length() / 10)));
    }

    @Test
    void aStruckLoginStallsToo() throws IOException {
        EMULATOR.faults().next(when("oauth2/token"), Fault.stall(Point.AFTER_HEAD));

        try (Socket socket = asked("POST", "/services/oauth2/token", "grant_type=client_credentials")) {
            assertThat(untilSilence(socket)).endsWith("\r\n\r\n");
        }
    }

    @Test
    void theBodyStaysUnderAnotherMediaType() {
        EMULATOR.faults().next(when("limits"), Fault.mediaType("text/html"));

        Client.Reply reply = client.get("/limits");
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.json().has("DailyApiRequests")).isTrue();
    }

    @Test
    void anotherBodyStandsInWhenAllIsDone() {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.replaceBody(null, "{}"));

        Client.Reply reply = client.post("/sobjects/Account", "{\"Name\":\"a\"}");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).isEqualTo("{}");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void notModifiedHasNoBodyAndIsNotWorkedOn() {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.notModified());

        Client.Reply reply = client.post("/sobjects/Account", "{\"Name\":\"a\"}");
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.body()).isEmpty();
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectNamesItsTarget(int status) {
        EMULATOR.faults().next(when("limits"), Fault.redirect(status, "https://elsewhere.example/"));

        Client.Reply reply = client.get("/limits");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Location")).isEqualTo("https://elsewhere.example/");
    }

    @Test
    void headersCanBeMissingOrOthers() {
        EMULATOR.faults().next(when("limits"), Fault.withoutHeaders("Sforce-Limit-Info", "Date"));
        EMULATOR.faults().next(when("limits"), Fault.withHeader("Sforce-Limit-Info", "nonsense"));

        Client.Reply without = client.get("/limits");
        assertThat(without.header("Sforce-Limit-Info")).isNull();
        assertThat(without.header("Date")).isNull();
        assertThat(without.json().has("DailyApiRequests")).isTrue();
        assertThat(client.get("/limits").header("Sforce-Limit-Info")).isEqualTo("nonsense");
    }

    @Test
    void aWrongClockIsInTheDateHeaderOnly() {
        EMULATOR.faults().next(when("limits"), Fault.wrongClock(Duration.ofHours(-2)));

        assertThat(date(client.get("/limits"))).isEqualTo(CLOCK.instant().minus(Duration.ofHours(2)));
        assertThat(date(client.get("/limits"))).isEqualTo(CLOCK.instant());
    }

    @Test
    void aPageOfAQueryNamesItself() {
        for (int i = 0; i < 500; i++) {
            EMULATOR.org().insert("Account", Map.of("Name", "a" + i));
        }
        Client.Reply first =
                client.call("GET", "/query?q=SELECT+Id+FROM+Account", null, "Sforce-Query-Options", "batchSize=200");
        String next = first.json().path("nextRecordsUrl").asText();
        EMULATOR.faults().next(when("query/*"), Fault.repeatLocator());

        assertThat(client.get(next).json().path("nextRecordsUrl").asText()).isEqualTo(next);
    }

    @Test
    void aPageOfABulkQueryNamesItselfOrLacksRows() {
        for (String name : new String[] {"a", "b", "c"}) {
            EMULATOR.org().insert("Account", Map.of("Name", name));
        }
        String job = client.post("/jobs/query", "{\"operation\":\"query\",\"query\":\"SELECT Name FROM Account\"}")
                .json()
                .path("id")
                .asText();
        String results = "/jobs/query/" + job + "/results?maxRecords=1";
        Awaitility.await().until(() -> client.get("/jobs/query/" + job).body().contains("JobComplete"));
        String locator = client.get(results).header("Sforce-Locator");
        EMULATOR.faults().next(when("GET jobs/query/*"), Fault.repeatLocator());
        assertThat(client.get(results + "&locator=" + locator).header("Sforce-Locator"))
                .isEqualTo(locator);

        EMULATOR.faults().next(when("GET jobs/query/*"), Fault.dropLines(2));
        Client.Reply shortened = client.get("/jobs/query/" + job + "/results");
        assertThat(shortened.body().lines()).hasSize(2);
        assertThat(shortened.header("Sforce-NumberOfRecords")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "text/plain"})
    void theAnswerQuotesTheRequest(String type) {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.quoteRequest(502, type));

        Client.Reply reply = client.post("/sobjects/Account", "{\"Name\":\"Acme\"}");
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).contains("Bearer t", "Acme", "POST /services/data");
        if (type.endsWith("json")) {
            assertError(reply, 502, "UNKNOWN_EXCEPTION");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHugeBodyHasItsLength(boolean gzip) throws Exception {
        EMULATOR.faults().next(when("limits"), Fault.hugeBody(3_000_000, gzip));

        var response = client.http().send(client.request("/limits").GET().build(), BodyHandlers.ofInputStream());
        try (InputStream in = gzip ? new GZIPInputStream(response.body()) : response.body()) {
            byte[] all = in.readAllBytes();
            assertThat(all.length).isGreaterThan(3_000_000);
            assertThat(new String(all, StandardCharsets.UTF_8).strip()).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fault\":\"stall\",\"point\":\"IN_BODY\"}",
                "{\"fault\":\"stall\",\"point\":\"IN_REQUEST\",\"millis\":10}",
                "{\"fault\":\"slowBody\",\"bytes\":5,\"millis\":10}",
                "{\"fault\":\"replaceBody\",\"contentType\":\"text/html\"}",
                "{\"fault\":\"alterHeaders\",\"set\":{\"A\":\"b\"},\"remove\":[\"Date\"]}",
                "{\"fault\":\"wrongClock\",\"millis\":-3600000}",
                "{\"fault\":\"repeatLocator\"}",
                "{\"fault\":\"dropLines\",\"lines\":2}",
                "{\"fault\":\"quoteRequest\",\"status\":500}",
                "{\"fault\":\"hugeBody\",\"bytes\":1000,\"gzip\":true}",
                "{\"fault\":\"early\",\"status\":401}",
                "{\"fault\":\"redirect\",\"location\":\"https://elsewhere.example/\"}",
                "{\"fault\":\"status\",\"status\":304,\"body\":\"\"}"
            })
    void everyFaultCanBeListedAsItWasSet(String json) {
        Client admin = new Client(EMULATOR.url(), null);
        assertThat(admin.post("/__emulator/faults", json).status()).isEqualTo(201);

        String listed = admin.get("/__emulator/faults").json().get(0).toString();
        admin.delete("/__emulator/faults");
        assertThat(admin.post("/__emulator/faults", listed).status()).isEqualTo(201);
        assertThat(admin.get("/__emulator/faults").json().get(0).toString()).isEqualTo(listed);
    }

    private static Instant date(Client.Reply reply) {
        return ZonedDateTime.parse(reply.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    private static Socket asked(String method, String path, String body) throws IOException {
        return asked(method, path, body, body.length());
    }

    private static Socket asked(String method, String path, String body, int length) throws IOException {
        URI url = URI.create(EMULATOR.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nAuthorization: Bearer t\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** What comes until half a second is silent. */
    private static String untilSilence(Socket socket) throws IOException {
        StringBuilder all = new StringBuilder();
        socket.setSoTimeout(500);
        assertThatThrownBy(() -> {
                    for (int next = socket.getInputStream().read();
                            next >= 0;
                            next = socket.getInputStream().read()) {
                        all.append((char) next);
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
        return all.toString();
    }

    private static String until(Socket socket, String end) throws IOException {
        StringBuilder all = new StringBuilder();
        socket.setSoTimeout(20_000);
        while (!all.toString().endsWith(end)) {
            int next = socket.getInputStream().read();
            assertThat(next).as("more after %s", all).isGreaterThanOrEqualTo(0);
            all.append((char) next);
        }
        return all.toString();
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static int contentLength(String answer) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElseThrow();
    }
}
