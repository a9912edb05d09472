package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.bulk.BulkSettings;
import org.sftoolkit.emulator.bulk.ComputedRows;

/** Query jobs as clients meet them. */
class BulkQueryTest {

    private SalesforceEmulator emulator;
    private Client client;

    @BeforeEach
    void start() {
        emulator = SalesforceEmulator.builder().accessToken("t").start();
        emulator.bulk().change(BulkSettings.standard().manual().withPageRows(10));
        client = new Client(emulator.url(), "t");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void rowsComeQuotedInTheOrderOfTheSelectList() {
        String account = emulator.org().insert("Account", Map.of("Name", "A \"b\", c", "Industry", "Energy"));
        emulator.org().insert("Contact", Map.of("LastName", "L\nM", "AccountId", account));
        JsonNode job = done("SELECT LastName, Account.Name, FirstName FROM Contact");
        assertThat(job.path("object").asText()).isEqualTo("Contact");
        Client.Reply page = client.get("/jobs/query/" + id(job) + "/results");
        assertThat(page.body())
                .isEqualTo("\"LastName\",\"Account.Name\",\"FirstName\"\n\"L\nM\",\"A \"\"b\"\", c\",\"\"\n");
        assertThat(page.header("Sforce-NumberOfRecords")).isEqualTo("1");
        assertThat(page.header("Sforce-Locator")).isEqualTo("null");
    }

    @Test
    void creationTellsTheFirstStateHoweverQuicklyTheJobGoesOn() {
        emulator.bulk().change(BulkSettings.standard().withStepDelay(Duration.ZERO));
        for (int i = 0; i < 300; i++) {
            JsonNode created = client.post(
                            "/jobs/query", "{\"operation\":\"query\",\"query\":\"SELECT Name FROM Account\"}")
                    .json();
            assertThat(created.path("state").asText()).isEqualTo("UploadComplete");
        }
    }

    @Test
    void dateLiteralsFollowTheUsersTimeZone() {
        DrivenClock clock = new DrivenClock(Instant.parse("2026-02-01T06:00:00Z"));
        try (SalesforceEmulator zoned =
                SalesforceEmulator.builder().clock(clock).accessToken("t").start()) {
            zoned.bulk().change(BulkSettings.standard().manual());
            zoned.org().insert("Account", Map.of("Name", "a", "Last_Audit__c", "2026-02-01T05:00:00Z"));
            zoned.org().insert("Account", Map.of("Name", "b", "Last_Audit__c", "2026-02-01T09:00:00Z"));
            zoned.org().update("User", zoned.org().userId(), Map.of("TimeZoneSidKey", "America/Los_Angeles"));
            Client other = new Client(zoned.url(), "t");
            String job = other.post(
                            "/jobs/query",
                            "{\"operation\":\"query\",\"query\":\"SELECT Name FROM Account WHERE Last_Audit__c ="
                                    + " TODAY\"}")
                    .json()
                    .path("id")
                    .asText();
            zoned.bulk().runAll();
            assertThat(other.get("/jobs/query/" + job + "/results").body()).isEqualTo("\"Name\"\n\"a\"\n");
        }
    }

    @Test
    void pagesBehindTheEndAreRefused() {
        insert(10);
        JsonNode job = done("SELECT Name FROM Account");
        String behind =
                Base64.getUrlEncoder().withoutPadding().encodeToString("r10".getBytes(StandardCharsets.US_ASCII));

        assertThat(client.get("/jobs/query/" + id(job) + "/resultPages").json().path("resultPages"))
                .hasSize(1);
        Errors.assertError(
                client.get("/jobs/query/" + id(job) + "/resultPages?locator=" + behind), 400, "INVALID_QUERY_LOCATOR");
    }

    @Test
    void pagesFollowEachOtherByLocator() {
        insert(35);
        JsonNode job = done("SELECT Name FROM Account");
        List<String> names = new ArrayList<>();
        String locator = "";
        int pages = 0;
        while (!locator.equals("null")) {
            Client.Reply page = client.get("/jobs/query/" + id(job) + "/results?maxRecords=8"
                    + (locator.isEmpty() ? "" : "&locator=" + locator));
            page.body().lines().skip(1).forEach(names::add);
            locator = page.header("Sforce-Locator");
            pages++;
        }
        assertThat(pages).isEqualTo(5);
        assertThat(names).hasSize(35).doesNotHaveDuplicates();
    }

    @Test
    void resultPagesNameUpToFivePagesAtATime() {
        insert(75);
        JsonNode job = done("SELECT Name FROM Account");
        JsonNode first = client.get("/jobs/query/" + id(job) + "/resultPages").json();
        assertThat(first.path("resultPages")).hasSize(5);
        assertThat(first.path("done").asBoolean()).isFalse();
        JsonNode second = client.get(first.path("nextRecordsUrl").asText()).json();
        assertThat(second.path("resultPages")).hasSize(3);
        assertThat(second.path("done").asBoolean()).isTrue();
        List<String> names = new ArrayList<>();
        for (JsonNode pages : List.of(first, second)) {
            for (JsonNode page : pages.path("resultPages")) {
                client.get(page.path("resultUrl").asText())
                        .body()
                        .lines()
                        .skip(1)
                        .forEach(names::add);
            }
        }
        assertThat(names).hasSize(75).doesNotHaveDuplicates();
    }

    @Test
    void resultsNeedACompleteJobAndItsOwnVersion() {
        JsonNode job = created("SELECT Name FROM Account");
        assertThat(client.get("/jobs/query/" + id(job) + "/results").status()).isEqualTo(400);
        emulator.bulk().runAll();
        assertThat(client.get("/services/data/v65.0/jobs/query/" + id(job) + "/results")
                        .status())
                .isEqualTo(409);
        assertThat(client.get("/jobs/query/" + id(job) + "/results").body()).isEqualTo("\"Name\"\n");
    }

    @Test
    void statementsThatJobsCannotRunAreRefusedAtOnce() {
        Errors.assertError(
                create("SELECT COUNT() FROM Account"),
                400,
                "API_ERROR",
                "Aggregate Relationships not supported in Bulk Query");
        Errors.assertError(
                create("SELECT BillingAddress FROM Account"),
                400,
                "API_ERROR",
                "Selecting compound data not supported in Bulk Query");
        Errors.assertError(
                create("SELECT Id, (SELECT Id FROM Contacts) FROM Account"),
                400,
                "API_ERROR",
                "Aggregate Relationships not supported in Bulk Query");
        assertThat(create("SELECT Nope FROM Account").body()).contains("INVALID_FIELD");
    }

    @Test
    void jobIsDeletedOnlyAfterItsEnd() {
        JsonNode job = created("SELECT Name FROM Account");
        Errors.assertError(
                client.delete("/jobs/query/" + id(job)),
                400,
                "API_ERROR",
                "Error encountered when deleting the job because the job is not terminated");
        assertThat(client.patch("/jobs/query/" + id(job), "{\"state\":\"Aborted\"}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("Aborted");
        assertThat(client.delete("/jobs/query/" + id(job)).status()).isEqualTo(204);
        assertThat(client.get("/jobs/query/" + id(job)).status()).isEqualTo(404);
    }

    @Test
    void computedRowsTakeTheOrgsPlace() {
        emulator.bulk().compute("Account", new ComputedRows(1_000, n -> List.of("N" + n)));
        JsonNode job = done("SELECT Name FROM Account");
        assertThat(client.get("/jobs/query/" + id(job))
                        .json()
                        .path("numberRecordsProcessed")
                        .asLong())
                .isEqualTo(1_000);
        assertThat(client.get("/jobs/query/" + id(job) + "/results?maxRecords=1000")
                        .body()
                        .lines())
                .hasSize(1_001)
                .endsWith("\"N999\"");
    }

    @Test
    void jobsRunByThemselvesUnlessToldOtherwise() {
        insert(3);
        emulator.bulk().change(BulkSettings.standard());
        JsonNode job = created("SELECT Name FROM Account");
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(client.get("/jobs/query/" + id(job))
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("JobComplete"));
    }

    private void insert(int rows) {
        for (int i = 0; i < rows; i++) {
            emulator.org().insert("Account", Map.of("Name", "A" + i));
        }
    }

    private JsonNode done(String soql) {
        JsonNode job = created(soql);
        emulator.bulk().runAll();
        return job;
    }

    private JsonNode created(String soql) {
        Client.Reply reply = create(soql);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private Client.Reply create(String soql) {
        return client.post("/jobs/query", "{\"operation\":\"query\",\"query\":\"" + soql + "\"}");
    }

    private static String id(JsonNode job) {
        return job.path("id").asText();
    }
}
