package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.bulk.BulkSettings;

/** Ingest jobs as clients meet them. */
class BulkIngestTest {

    private final Time time = new Time();
    private SalesforceEmulator emulator;
    private Client client;

    @BeforeEach
    void start() {
        emulator = SalesforceEmulator.builder()
                .clock(time)
                .accessToken("t")
                .field(
                        "Account",
                        "{\"name\":\"Ext__c\",\"label\":\"Ext\",\"type\":\"string\",\"length\":40,\"externalId\":true,"
                                + "\"unique\":true,\"createable\":true,\"updateable\":true,\"nillable\":true,\"custom\":true}")
                .start();
        emulator.bulk().change(BulkSettings.standard().manual());
        client = new Client(emulator.url(), "t");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void jobGoesThroughItsDocumentedStates() {
        JsonNode job = create("insert", "Account");
        assertThat(job.path("state").asText()).isEqualTo("Open");
        assertThat(job.path("apiVersion").isNumber()).isTrue();
        assertThat(job.path("id").asText()).hasSize(18).startsWith("750");
        assertThat(job.path("contentUrl").asText())
                .isEqualTo("services/data/v66.0/jobs/ingest/" + id(job) + "/batches");
        assertThat(put(job, "Name\nAcme\n").status()).isEqualTo(201);

        JsonNode closed = state(job, "UploadComplete").json();
        assertThat(closed.path("state").asText()).isEqualTo("UploadComplete");
        assertThat(closed.has("contentUrl")).isFalse();
        emulator.bulk().step();
        assertThat(info(job).path("state").asText()).isEqualTo("InProgress");
        emulator.bulk().runAll();

        JsonNode done = info(job);
        assertThat(done.path("state").asText()).isEqualTo("JobComplete");
        assertThat(done.path("numberRecordsProcessed").asLong()).isEqualTo(1);
        assertThat(done.path("numberRecordsFailed").asLong()).isZero();
        assertThat(emulator.org().all("Account"))
                .singleElement()
                .extracting(row -> row.get("Name"))
                .isEqualTo("Acme");
        String[] lines = results(job, "successfulResults").split("\n");
        assertThat(lines[0]).isEqualTo("\"sf__Id\",\"sf__Created\",Name");
        assertThat(lines[1]).matches("\"001\\w{15}\",\"true\",\"Acme\"");
        assertThat(results(job, "failedResults")).isEqualTo("\"sf__Id\",\"sf__Error\",Name\n");
    }

    @Test
    void refusedRowsComeBackWithTheirReason() {
        JsonNode job = done("insert", "Account", "Name,Industry\nAcme,Energy\n,Energy\n");
        assertThat(info(job).path("numberRecordsFailed").asLong()).isEqualTo(1);
        assertThat(results(job, "failedResults"))
                .contains(
                        "\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --\",\"\",\"Energy\"");
    }

    @Test
    void quotesDelimitersLineBreaksAndUnicodeArriveAsTheyWere() {
        String name = "Ä \"x\", \n\r\n\uD83D\uDE00;|`^\t";
        for (String delimiter : List.of("BACKQUOTE", "CARET", "COMMA", "PIPE", "SEMICOLON", "TAB")) {
            for (String ending : List.of("LF", "CRLF")) {
                char separator = "`^,|;\t"
                        .charAt(List.of("BACKQUOTE", "CARET", "COMMA", "PIPE", "SEMICOLON", "TAB")
                                .indexOf(delimiter));
                String end = ending.equals("LF") ? "\n" : "\r\n";
                JsonNode job = client.post(
                                "/jobs/ingest",
                                "{\"object\":\"Account\",\"operation\":\"insert\",\"columnDelimiter\":\"" + delimiter
                                        + "\",\"lineEnding\":\"" + ending + "\"}")
                        .json();
                put(
                        job,
                        "Name" + separator + "Ext__c" + end + "\"" + name.replace("\"", "\"\"") + "\"" + separator
                                + delimiter + ending);
                run(job);
                assertThat(info(job).path("state").asText())
                        .as(delimiter + ending)
                        .isEqualTo("JobComplete");
                assertThat(emulator.org().all("Account"))
                        .anyMatch(
                                row -> name.equals(row.get("Name")) && (delimiter + ending).equals(row.get("Ext__c")));
            }
        }
    }

    @Test
    void emptyCellIsIgnoredAndNotApplicableIsNull() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme", "Industry", "Energy", "Phone", "1"));
        done("update", "Account", "Id,Industry,Phone\n" + id + ",#N/A,\n");
        Map<String, Object> row = emulator.org().find("Account", id).orElseThrow();
        assertThat(row.get("Industry")).isNull();
        assertThat(row.get("Phone")).isEqualTo("1");
    }

    @Test
    void upsertTellsWhatItCreated() {
        emulator.org().insert("Account", Map.of("Name", "Old", "Ext__c", "a"));
        JsonNode job = created("{\"object\":\"Account\",\"operation\":\"upsert\",\"externalIdFieldName\":\"Ext__c\"}");
        put(job, "Ext__c,Name\na,New\nb,Other\n");
        run(job);
        assertThat(results(job, "successfulResults"))
                .contains("\"false\",\"a\"")
                .contains("\"true\",\"b\"");
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactlyInAnyOrder("New", "Other");
    }

    @Test
    void parentIsFoundByRelationshipColumn() {
        String account = emulator.org().insert("Account", Map.of("Name", "Acme", "Ext__c", "a"));
        JsonNode job = done("insert", "Contact", "LastName,Account.Ext__c\nOne,a\nTwo,none\n");
        assertThat(info(job).path("numberRecordsFailed").asLong()).isEqualTo(1);
        assertThat(emulator.org().all("Contact"))
                .singleElement()
                .extracting(row -> row.get("AccountId"))
                .isEqualTo(account);
    }

    @Test
    void wholeJobFailsWithTheDocumentedMessages() {
        assertThat(failure("Name\r\nAcme\r\n"))
                .isEqualTo("ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF");
        assertThat(failure("Name,Foo__c\nAcme,x\n")).isEqualTo("InvalidBatch : Field name not found : Foo__c");
        assertThat(failure("Name;Industry\nAcme;x\n")).isEqualTo("InvalidBatch : Field name not found : Name;Industry");
        assertThat(failure("\uFEFFName\nAcme\n")).isEqualTo("InvalidBatch : Field name not found : \uFEFFName");
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void resultsWithoutRowsHaveTheColumnsOfTheUpload() {
        JsonNode job = done("insert", "Account", "Name,Industry\nAcme,Energy\n");
        assertThat(results(job, "unprocessedrecords")).isEqualTo("Name,Industry\n");
        JsonNode failed = done("insert", "Account", "Name,Foo__c\nAcme,x\n");
        assertThat(results(failed, "successfulResults")).isEqualTo("\"sf__Id\",\"sf__Created\",Name,Foo__c\n");
        JsonNode empty = done("insert", "Account", "");
        assertThat(results(empty, "unprocessedrecords")).isEmpty();
    }

    @Test
    void failedResultsHaveAnIdAtEachVersion() {
        String path = "/services/data/v50.0/jobs/ingest";
        JsonNode job = client.post(path, "{\"object\":\"Account\",\"operation\":\"insert\"}")
                .json();
        client.call("PUT", path + "/" + id(job) + "/batches", "Site\nx\n", "Content-Type", "text/csv");
        client.patch(path + "/" + id(job), "{\"state\":\"UploadComplete\"}");
        emulator.bulk().runAll();

        assertThat(client.get(path + "/" + id(job) + "/failedResults").body())
                .startsWith("\"sf__Id\",\"sf__Error\",Site\n\"\",\"REQUIRED_FIELD_MISSING");
    }

    @Test
    void ofTwoChangesAtOnceOneIsRefused() {
        for (int i = 0; i < 30; i++) {
            JsonNode job = create("insert", "Account");
            put(job, "Name\nAcme\n");
            List<Integer> answers = Stream.of("UploadComplete", "UploadComplete", "Aborted")
                    .map(state -> CompletableFuture.supplyAsync(() -> state(job, state)))
                    .toList()
                    .stream()
                    .map(reply -> reply.join().status())
                    .toList();
            assertThat(answers).as("job %d", i).containsOnly(200, 400);
            assertThat(answers.subList(0, 2)).as("closed twice").contains(400);
            assertThat(info(job).path("state").asText()).isIn("Aborted", "UploadComplete");
        }
    }

    @Test
    void resetForgetsJobs() {
        JsonNode job = create("insert", "Account");
        put(job, "Name\nAcme\n");
        state(job, "UploadComplete");
        assertThat(client.post("/__emulator/reset", "").status()).isEqualTo(204);

        assertThat(client.get("/jobs/ingest/" + id(job)).status()).isEqualTo(404);
        assertThat(client.get("/jobs/ingest").json().path("records")).isEmpty();
        emulator.bulk().runAll();
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void rowsOfAFailedJobAreUnprocessed() {
        JsonNode job = done("insert", "Account", "Name,Foo__c\nAcme,x\n\"B\"\"q\",y\n");
        assertThat(results(job, "unprocessedrecords").lines())
                .hasSize(3)
                .contains("Name,Foo__c", "\"Acme\",\"x\"", "\"B\"\"q\",\"y\"");
    }

    @Test
    void abortKeepsWhatIsWrittenAndGivesTheRestBack() {
        emulator.bulk().change(BulkSettings.standard().manual().withBatchRows(10));
        JsonNode job = create("insert", "Account");
        put(job, "Name\n" + IntStream.range(0, 25).mapToObj(i -> "A" + i + "\n").collect(Collectors.joining()));
        state(job, "UploadComplete");
        emulator.bulk().step();
        emulator.bulk().step();
        assertThat(state(job, "Aborted").json().path("state").asText()).isEqualTo("Aborted");
        assertThat(emulator.org().count("Account")).isEqualTo(10);
        assertThat(results(job, "unprocessedrecords").lines()).hasSize(16);
        assertThat(results(job, "successfulResults").lines()).hasSize(11);
        Errors.assertError(state(job, "Aborted"), 400, "INVALIDJOBSTATE", "Aborting already Completed Job not allowed");
    }

    @Test
    void secondUploadSpoilsTheJob() {
        JsonNode job = create("insert", "Account");
        put(job, "Name\nA\n");
        assertThat(put(job, "Name\nB\n").status()).isEqualTo(201);
        Client.Reply closed = state(job, "UploadComplete");
        assertThat(closed.status()).isEqualTo(400);
        assertThat(closed.body()).contains("INVALIDJOB", "Found multipe contents for job: <" + id(job));
        emulator.bulk().change(BulkSettings.standard().manual().with(BulkSettings.SecondUpload.UPLOAD_REFUSED));
        JsonNode other = create("insert", "Account");
        put(other, "Name\nA\n");
        assertThat(put(other, "Name\nB\n").body()).contains("BULK_API_ERROR");
    }

    @Test
    void resultsComeInAnotherOrderThanTheInput() {
        List<String> names = IntStream.range(0, 50).mapToObj(i -> "A" + i).toList();
        JsonNode job = done("insert", "Account", "Name\n" + String.join("\n", names) + "\n");
        List<String> found = results(job, "successfulResults")
                .lines()
                .skip(1)
                .map(line -> line.split("\",\"")[2].replace("\"", ""))
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(names).isNotEqualTo(names);
    }

    @Test
    void creationIsRefusedByTheFirstWrongProperty() {
        Errors.assertError(
                client.post("/jobs/ingest", "{\"object\":\"Nope\",\"operation\":\"insert\"}"),
                400,
                "INVALIDJOB",
                "InvalidJob : Unable to find object: Nope");
        Errors.assertError(
                client.post("/jobs/ingest", "{\"object\":\"Account\",\"operation\":\"Insert\"}"),
                400,
                "API_ERROR",
                "Invalid value: 'Insert' supplied for property: 'operation'");
        Errors.assertError(
                client.post(
                        "/jobs/ingest",
                        "{\"object\":\"Account\",\"operation\":\"upsert\",\"externalIdFieldName\":\"Industry\"}"),
                400,
                "INVALIDJOB",
                "InvalidJob : Field name provided, Industry does not match an External ID for Account");
    }

    @Test
    void jobsAreListedInPagesAndDeletedIfTheirStateAllows() {
        emulator.bulk().change(BulkSettings.standard().manual().withListPage(2));
        List<JsonNode> jobs =
                IntStream.range(0, 5).mapToObj(i -> create("insert", "Account")).toList();
        JsonNode first = client.get("/jobs/ingest").json();
        assertThat(first.path("done").asBoolean()).isFalse();
        assertThat(first.path("records")).hasSize(2);
        JsonNode second = client.get(first.path("nextRecordsUrl").asText()).json();
        assertThat(client.get(second.path("nextRecordsUrl").asText())
                        .json()
                        .path("nextRecordsUrl")
                        .isNull())
                .isTrue();
        assertThat(client.delete("/jobs/ingest/" + id(jobs.get(0))).status()).isEqualTo(400);
        state(jobs.get(0), "Aborted");
        assertThat(client.delete("/jobs/ingest/" + id(jobs.get(0))).status()).isEqualTo(204);
        Errors.assertError(
                client.get("/jobs/ingest/" + id(jobs.get(0))),
                404,
                "NOT_FOUND",
                "The requested resource does not exist");
    }

    @Test
    void jobsLiveForSevenDays() {
        JsonNode job = done("insert", "Account", "Name\nA\n");
        time.now = time.now.plus(Duration.ofDays(8));
        assertThat(client.get("/jobs/ingest/" + id(job)).status()).isEqualTo(404);
    }

    @Test
    void uploadsMayBeCompressedAndAreLimited() throws Exception {
        emulator.bulk().change(BulkSettings.standard().manual().withUploadLimit(100));
        JsonNode job = create("insert", "Account");
        assertThat(put(job, "Name\n" + "x".repeat(100)).status()).isEqualTo(413);
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.GZIPOutputStream(bytes)) {
            zip.write("Name\nZipped\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        int status = client.send(client.request(
                                "/jobs/ingest/" + id(job) + "/batches",
                                "Content-Type",
                                "text/csv",
                                "Content-Encoding",
                                "gzip")
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray())))
                .status();
        assertThat(status).isEqualTo(201);
        run(job);
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactly("Zipped");
    }

    @Test
    void smallJobsGoInOneMultipartCall() {
        String body = "--B\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n"
                + "{\"object\":\"Account\",\"operation\":\"insert\"}\r\n--B\r\nContent-Type: text/csv\r\n"
                + "Content-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n\r\nName\nInline\n\r\n--B--\r\n";
        Client.Reply reply =
                client.call("POST", "/jobs/ingest", body, "Content-Type", "multipart/form-data; boundary=B");
        assertThat(reply.json().path("state").asText()).as(reply.body()).isEqualTo("UploadComplete");
        assertThat(reply.json().has("contentUrl")).isFalse();
        emulator.bulk().runAll();
        assertThat(emulator.org().all("Account"))
                .extracting(row -> row.get("Name"))
                .containsExactly("Inline");
    }

    @Test
    void blackholeCountsInsteadOfStoring() {
        var hole = emulator.bulk().blackhole("Account");
        done("insert", "Account", "Name,Ext__c\na,1\nb,2\n");
        assertThat(hole.rows()).isEqualTo(2);
        assertThat(hole.checksum())
                .isEqualTo(org.sftoolkit.emulator.bulk.Blackhole.hash(List.of("a", "1"))
                        + org.sftoolkit.emulator.bulk.Blackhole.hash(List.of("b", "2")));
        assertThat(emulator.org().count("Account")).isZero();
    }

    private String failure(String csv) {
        JsonNode info = info(done("insert", "Account", csv));
        assertThat(info.path("state").asText()).isEqualTo("Failed");
        return info.path("errorMessage").asText();
    }

    private JsonNode create(String operation, String object) {
        return created("{\"object\":\"" + object + "\",\"operation\":\"" + operation + "\"}");
    }

    private JsonNode created(String json) {
        Client.Reply reply = client.post("/jobs/ingest", json);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private JsonNode done(String operation, String object, String csv) {
        JsonNode job = create(operation, object);
        assertThat(put(job, csv).status()).isEqualTo(201);
        run(job);
        return job;
    }

    private void run(JsonNode job) {
        state(job, "UploadComplete");
        emulator.bulk().runAll();
    }

    private Client.Reply put(JsonNode job, String csv) {
        return client.call("PUT", "/jobs/ingest/" + id(job) + "/batches", csv, "Content-Type", "text/csv");
    }

    private Client.Reply state(JsonNode job, String state) {
        return client.patch("/jobs/ingest/" + id(job), "{\"state\":\"" + state + "\"}");
    }

    private JsonNode info(JsonNode job) {
        return client.get("/jobs/ingest/" + id(job)).json();
    }

    private String results(JsonNode job, String which) {
        return client.get("/jobs/ingest/" + id(job) + "/" + which + "/").body();
    }

    private static String id(JsonNode job) {
        return job.path("id").asText();
    }

    private static final class Time extends Clock {
        private Instant now = Instant.parse("2026-03-01T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
