package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sftoolkit.emulator.Errors.assertError;
import static org.sftoolkit.emulator.fault.FaultPlan.when;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.Fault.Limit;
import org.sftoolkit.emulator.fault.Fault.Moment;

class FaultsTest {

    private static final String INSERT = "POST sobjects/{object}";
    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("t").start();
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

    @Test
    void aScriptedStatusStrikesTheNextFittingRequestsOnly() {
        EMULATOR.faults().next(2, when(INSERT), Fault.status(503).with("Retry-After", "7"));

        assertThat(client.get("/limits").status()).isEqualTo(200);
        Client.Reply first = insert();
        assertError(first, 503, "SERVER_UNAVAILABLE");
        assertThat(first.header("Retry-After")).isEqualTo("7");
        assertThat(insert().status()).isEqualTo(503);
        assertThat(insert().status()).isEqualTo(201);
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
        assertThat(EMULATOR.faults().rules()).isEmpty();
    }

    @Test
    void anAnswerStandsInForApexOfTheOrg() {
        EMULATOR.faults().next(when("POST /services/apexrest/orders"), Fault.answer(201, "{\"number\":\"O-1\"}"));

        Client.Reply answer = client.call("POST", "/services/apexrest/orders", "{}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("number").asText()).isEqualTo("O-1");
        assertThat(client.call("POST", "/services/apexrest/orders", "{}").status())
                .as("the emulator has no Apex of its own")
                .isEqualTo(501);
        assertThat(EMULATOR.requests().list()).hasSize(2);
    }

    @Test
    void aStatusMayCarryAnyError() {
        EMULATOR.faults().next(when("sobjects/Account"), Fault.status(400, "QUERY_TIMEOUT", "too \"long\""));

        assertError(insert(), 400, "QUERY_TIMEOUT", "too \"long\"");
    }

    @Test
    void aConnectionDroppedBeforeProcessingLeavesNoRow() {
        EMULATOR.faults().next(when(INSERT), Fault.dropConnection(Moment.BEFORE_PROCESSING));

        assertThatThrownBy(this::insert).isInstanceOf(UncheckedIOException.class);
        assertThat(EMULATOR.org().count("Account")).isZero();
        assertThat(EMULATOR.requests().list(INSERT)).singleElement().satisfies(request -> assertThat(request.status())
                .isZero());
        assertThat(EMULATOR.requests().inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE_ANSWER", "IN_ANSWER"})
    void aConnectionDroppedLaterLeavesTheRow(Moment moment) {
        EMULATOR.faults().next(when(INSERT), Fault.dropConnection(moment));

        assertThatThrownBy(this::insert).isInstanceOf(UncheckedIOException.class);
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aTruncatedBodyLooksWholeToTheTransport() {
        EMULATOR.faults().next(when(INSERT), Fault.truncateBody());

        Client.Reply reply = insert();

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).startsWith("{\"id\":\"001").doesNotEndWith("}");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void anHtmlPageStandsInForTheAnswer() {
        EMULATOR.faults().next(when("*"), Fault.htmlBody(420));

        Client.Reply reply = insert();

        assertThat(reply.status()).isEqualTo(420);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.body()).contains("We are setting things up");
    }

    @Test
    void anExpiringSessionMeets401() {
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().accessToken("t").start()) {
            emulator.faults().next(when("*"), Fault.expireSession());
            Client session = new Client(emulator.url(), "t");

            assertError(session.get("/limits"), 401, "INVALID_SESSION_ID", "Session expired or invalid");
            assertError(session.get("/limits"), 401, "INVALID_SESSION_ID");
        }
    }

    @Test
    void limitsTellWhichOneIsReached() {
        EMULATOR.faults().next(when("*"), Fault.limitReached(Limit.DAILY));
        EMULATOR.faults().next(when("*"), Fault.limitReached(Limit.CONCURRENT));

        assertError(insert(), 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        assertError(
                insert(),
                403,
                "REQUEST_LIMIT_EXCEEDED",
                "ConcurrentRequests (Concurrent API Requests) Limit exceeded.");
    }

    @Test
    void aDelayedRequestIsWorkedOnLater() {
        EMULATOR.faults().next(when(INSERT), Fault.delay(Duration.ofMillis(150)));

        long start = System.nanoTime();
        assertThat(insert().status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void chanceRepeatsWithItsSeed() {
        assertThat(chance(1))
                .isEqualTo(chance(1))
                .isNotEqualTo(chance(2))
                .contains(200)
                .contains(500);
    }

    @Test
    void lockedRowsFailAloneAndForAWhile() {
        EMULATOR.faults().lockRows(2, "Account", row -> "b".equals(row.get("Name")));
        String two = "{\"records\":[{\"attributes\":{\"type\":\"Account\"},\"Name\":\"a\"},"
                + "{\"attributes\":{\"type\":\"Account\"},\"Name\":\"b\"}]}";

        assertThat(client.post("/composite/sobjects", two).json().get(1).toString())
                .isEqualTo("{\"success\":false,\"errors\":[{\"statusCode\":\"UNABLE_TO_LOCK_ROW\",\"message\":"
                        + "\"unable to obtain exclusive access to this record or 1 records: \",\"fields\":[]}]}");
        assertThat(client.post("/composite/sobjects", two)
                        .json()
                        .get(0)
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(client.post("/composite/sobjects", two)
                        .json()
                        .get(1)
                        .path("success")
                        .asBoolean())
                .isTrue();
        assertThat(EMULATOR.org().count("Account")).isEqualTo(4);
    }

    @Test
    void rowsAreLockedForTheirDeletionByAnyField() {
        String locked = EMULATOR.org().insert("Account", Map.of("Name", "locked"));
        EMULATOR.faults().lockRows(1, "Account", "Name", "locked");

        assertThat(client.delete("/sobjects/Account/" + locked).body()).contains("UNABLE_TO_LOCK_ROW");
        assertThat(client.delete("/sobjects/Account/" + locked).status()).isEqualTo(204);
    }

    @Test
    void faultsCanBeSetOverHttp() {
        Client admin = new Client(EMULATOR.url(), null);

        assertThat(admin.post(
                                "/__emulator/faults",
                                "{\"fault\":\"status\",\"status\":503,\"headers\":{\"Retry-After\":\"2\"},\"when\":\""
                                        + INSERT + "\",\"times\":2}")
                        .status())
                .isEqualTo(201);
        assertThat(insert().header("Retry-After")).isEqualTo("2");
        assertThat(admin.get("/__emulator/faults").json().get(0).path("times").asInt())
                .isEqualTo(1);
        assertThat(admin.delete("/__emulator/faults").status()).isEqualTo(204);
        assertThat(insert().status()).isEqualTo(201);
        assertError(admin.post("/__emulator/faults", "{\"fault\":\"nope\"}"), 400, "INVALID_FAULT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fault\":\"delay\",\"millis\":1}",
                "{\"fault\":\"dropConnection\",\"moment\":\"IN_ANSWER\"}",
                "{\"fault\":\"expireSession\"}",
                "{\"fault\":\"limitReached\",\"limit\":\"CONCURRENT\"}",
                "{\"fault\":\"truncateBody\",\"percent\":5}",
                "{\"fault\":\"htmlBody\",\"status\":502}",
                "{\"fault\":\"status\",\"status\":500,\"errorCode\":\"X\",\"message\":\"y\"}"
            })
    void everyFaultCanBeListedAsItWasSet(String json) {
        Client admin = new Client(EMULATOR.url(), null);
        admin.post("/__emulator/faults", json);

        String listed = admin.get("/__emulator/faults").json().get(0).toString();
        admin.delete("/__emulator/faults");
        assertThat(admin.post("/__emulator/faults", listed).status()).isEqualTo(201);
        assertThat(admin.get("/__emulator/faults").json().get(0).toString()).isEqualTo(listed);
        admin.delete("/__emulator/faults");
    }

    @Test
    void rowLocksCanBeSetOverHttp() {
        String id = EMULATOR.org().insert("Account", Map.of("Name", "a"));
        client.post(
                "/__emulator/faults",
                "{\"fault\":\"rowLock\",\"object\":\"Account\",\"field\":\"Id\",\"value\":\"" + id + "\"}");

        assertError(
                client.patch("/sobjects/Account/" + id, "{\"Name\":\"b\"}"),
                400,
                "UNABLE_TO_LOCK_ROW",
                "unable to obtain exclusive access to this record or 1 records: " + id);
        assertThat(client.patch("/sobjects/Account/" + id, "{\"Name\":\"b\"}").status())
                .isEqualTo(204);
    }

    @Test
    void theOrgCanBeReadAndResetOverHttp() {
        Client admin = new Client(EMULATOR.url(), null);
        insert();

        assertThat(admin.get("/__emulator/records/Account")
                        .json()
                        .get(0)
                        .path("Name")
                        .asText())
                .isEqualTo("a");
        assertThat(admin.get("/__emulator/requests?resource=POST+sobjects/Account")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(admin.post("/__emulator/reset", "").status()).isEqualTo(204);
        assertThat(admin.get("/__emulator/records/Account").json()).isEmpty();
        assertThat(EMULATOR.requests().count()).isZero();
        assertError(admin.get("/__emulator/records/Nope"), 404, "NOT_FOUND");
    }

    private static List<Integer> chance(long seed) {
        List<Integer> statuses = new ArrayList<>();
        try (SalesforceEmulator emulator =
                SalesforceEmulator.builder().accessToken("t").seed(seed).start()) {
            emulator.faults().percent(30, when("*"), Fault.status(500));
            Client session = new Client(emulator.url(), "t");
            for (int i = 0; i < 40; i++) {
                statuses.add(session.get("/limits").status());
            }
        }
        return statuses;
    }

    private Client.Reply insert() {
        return client.post("/sobjects/Account", "{\"Name\":\"a\"}");
    }
}
