package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.bulk.BulkSettings;

/** The Bulk API before 2.0, as jsforce (XML and CSV) and simple-salesforce (JSON) use it. */
class ClassicBulkTest {

    private static final String ASYNC = "/services/async/66.0/job";
    private SalesforceEmulator emulator;
    private Client client;

    @BeforeEach
    void start() {
        emulator = SalesforceEmulator.builder()
                .clock(new DrivenClock(Instant.parse("2026-03-01T10:00:00Z")))
                .accessToken("t")
                .start();
        emulator.bulk().change(BulkSettings.standard().manual());
        client = new Client(emulator.url(), null);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void recordsInJsonAreInsertedAndEachHasAResult() {
        JsonNode job = json(
                "POST",
                "",
                "{\"operation\":\"insert\",\"object\":\"Account\",\"concurrencyMode\":0,\"contentType\":\"JSON\"}");
        assertThat(job.path("state").asText()).isEqualTo("Open");
        JsonNode batch =
                json("POST", path(job) + "/batch", "[{\"Name\":\"a\",\"NumberOfEmployees\":5},{\"Site\":\"x\"}]");
        assertThat(batch.path("state").asText()).isEqualTo("Queued");
        assertThat(batch.path("jobId")).isEqualTo(job.path("id"));
        emulator.bulk().step();
        assertThat(json("GET", path(job, batch), null).path("state").asText()).isEqualTo("InProgress");
        emulator.bulk().runAll();

        JsonNode done = json("GET", path(job, batch), null);
        assertThat(done.path("state").asText()).isEqualTo("Completed");
        assertThat(done.path("numberRecordsProcessed").asInt()).isEqualTo(2);
        assertThat(done.path("numberRecordsFailed").asInt()).isEqualTo(1);
        JsonNode results = json("GET", path(job, batch) + "/result", null);
        assertThat(results.findValuesAsText("success")).containsExactly("true", "false");
        assertThat(results.at("/0/created").asBoolean()).isTrue();
        assertThat(emulator.org().find("Account", results.at("/0/id").asText())).isPresent();
        assertThat(results.at("/1/errors/0/statusCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
        JsonNode closed = json("POST", path(job), "{\"state\":\"Closed\"}");
        assertThat(closed.path("state").asText()).isEqualTo("Closed");
        assertThat(closed.path("numberBatchesCompleted").asInt()).isEqualTo(1);
    }

    @Test
    void listsOfJobsNameThemToo() {
        String classic = created("insert", "CSV", null);
        Client session = new Client(emulator.url(), "t");
        JsonNode listed = session.get("/jobs/ingest?jobType=Classic").json();
        assertThat(listed.at("/records/0/id").asText()).isEqualTo(classic);
        assertThat(listed.at("/records/0/contentType").asText()).isEqualTo("CSV");
        assertThat(session.get("/jobs/ingest").json().path("records")).hasSize(1);
        assertThat(session.get("/jobs/ingest?jobType=V2Ingest").json().path("records"))
                .isEmpty();
    }

    @Test
    void recordsInCsvAndXmlAreInserted() {
        String job = created("insert", "CSV", null);
        String batch =
                value(xml("POST", "/" + job + "/batch", "Name,Industry\n\"a, b\",Energy\nc,#N/A\n", "text/csv"), "id");
        emulator.bulk().runAll();
        assertThat(value(xml("GET", "/" + job + "/batch/" + batch, null, null), "state"))
                .isEqualTo("Completed");
        String results = xml("GET", "/" + job + "/batch/" + batch + "/result", null, null);
        assertThat(results.lines()).first().isEqualTo("\"Id\",\"Success\",\"Created\",\"Error\"");
        assertThat(results.lines().skip(1)).allMatch(line -> line.matches("\"001\\w{15}\",\"true\",\"true\",\"\""));

        String other = created("insert", "XML", null);
        String records = "<sObjects xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><sObject><Name>d &amp;"
                + " e</Name><Industry xsi:nil=\"true\"/></sObject><sObject><Site>x</Site></sObject></sObjects>";
        String second = value(xml("POST", "/" + other + "/batch", records, "application/xml"), "id");
        emulator.bulk().runAll();
        assertThat(xml("GET", "/" + other + "/batch/" + second + "/result", null, null))
                .contains(
                        "<success>true</success><created>true</created>",
                        "<statusCode>REQUIRED_FIELD_MISSING</statusCode>");
        assertThat(emulator.org().all("Account")).extracting("Name").containsExactly("a, b", "c", "d & e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update", "upsert", "delete", "hardDelete"})
    void eachOperationWrites(String operation) {
        String id = emulator.org().insert("Account", Map.of("Name", "a", "External_ID__c", "1"));
        String job = created(operation, "JSON", operation.equals("upsert") ? "External_ID__c" : null);
        String row =
                switch (operation) {
                    case "update" -> "{\"Id\":\"" + id + "\",\"Name\":\"b\"}";
                    case "upsert" -> "{\"External_ID__c\":\"1\",\"Name\":\"b\"}";
                    default -> "{\"Id\":\"" + id + "\"}";
                };
        JsonNode batch = json("POST", "/" + job + "/batch", "[" + row + "]");
        emulator.bulk().runAll();
        JsonNode results = json("GET", "/" + job + "/batch/" + batch.path("id").asText() + "/result", null);
        assertThat(results.at("/0/success").asBoolean()).as(results.toString()).isTrue();
        assertThat(results.at("/0/created").asBoolean()).isFalse();
        if (operation.contains("elete")) {
            assertThat(emulator.org().find("Account", id)).isEmpty();
        } else {
            assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Name", "b");
        }
    }

    @ParameterizedTest
    @CsvSource({"JSON", "CSV", "XML"})
    void rowsOfAQueryComeInTheJobsForm(String content) {
        String account = emulator.org().insert("Account", Map.of("Name", "a \"b\""));
        emulator.org().insert("Contact", Map.of("LastName", "L", "AccountId", account));
        String job = created("query", content, null);
        String type = content.equals("JSON") ? "application/json" : "text/csv";
        String batch =
                xml("POST", "/" + job + "/batch", "SELECT LastName, CreatedDate, Account.Name FROM Contact", type);
        String id = content.equals("JSON") ? batch.replaceAll(".*\"id\":\"(\\w+)\".*", "$1") : value(batch, "id");
        emulator.bulk().runAll();
        String list = xml("GET", "/" + job + "/batch/" + id + "/result", null, type);
        String result = list.replaceAll("(?s).*(752\\w{12}).*", "$1");
        String rows = xml("GET", "/" + job + "/batch/" + id + "/result/" + result, null, type);

        switch (content) {
            case "JSON" ->
                assertThat(rows)
                        .contains("\"LastName\":\"L\"", "\"CreatedDate\":1772359200000", "\"Name\":\"a \\\"b\\\"\"");
            case "CSV" ->
                assertThat(rows)
                        .isEqualTo("\"LastName\",\"CreatedDate\",\"Account.Name\"\n"
                                + "\"L\",\"2026-03-01T10:00:00.000Z\",\"a \"\"b\"\"\"\n");
            default ->
                assertThat(rows)
                        .contains(
                                "<records xsi:type=\"sObject\"><type>Contact</type><LastName>L</LastName>",
                                "<Name>a \"b\"</Name>");
        }
    }

    @Test
    void aBrokenBatchFailsAlone() {
        String job = created("insert", "CSV", null);
        String broken = value(xml("POST", "/" + job + "/batch", "Nope\nx\n", "text/csv"), "id");
        String whole = value(xml("POST", "/" + job + "/batch", "Name\nx\n", "text/csv"), "id");
        emulator.bulk().runAll();

        String failed = xml("GET", "/" + job + "/batch/" + broken, null, null);
        assertThat(value(failed, "state")).isEqualTo("Failed");
        assertThat(value(failed, "stateMessage")).isEqualTo("InvalidBatch : Field name not found : Nope");
        assertThat(value(xml("GET", "/" + job + "/batch/" + whole, null, null), "state"))
                .isEqualTo("Completed");
        assertThat(xml("GET", "/" + job + "/batch", null, null).split("<batchInfo>"))
                .hasSize(3);
        assertThat(value(xml("GET", "/" + job, null, null), "numberBatchesFailed"))
                .isEqualTo("1");
        assertThat(xml("GET", "/" + job + "/batch/" + whole + "/request", null, null))
                .isEqualTo("Name\nx\n");
    }

    @Test
    void anAbortedJobWritesNothingAndTakesNothing() {
        String job = created("insert", "CSV", null);
        String batch = value(xml("POST", "/" + job + "/batch", "Name\nx\n", "text/csv"), "id");
        change(job, "Aborted");
        emulator.bulk().runAll();

        assertThat(value(xml("GET", "/" + job + "/batch/" + batch, null, null), "state"))
                .isEqualTo("NotProcessed");
        assertThat(emulator.org().count("Account")).isZero();
        assertThat(xml("POST", "/" + job + "/batch", "Name\nx\n", "text/csv"))
                .contains("<exceptionCode>InvalidJobState</exceptionCode>");
        assertThat(change(job, "Closed")).contains("InvalidJobState");
    }

    @Test
    void refusalsAreObjectsInTheFormOfTheCall() {
        assertThat(client.call(
                        "GET",
                        ASYNC + "/750000000000001AAA",
                        null,
                        "X-SFDC-Session",
                        "dead",
                        "Content-Type",
                        "application/xml"))
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(400))
                .satisfies(reply ->
                        assertThat(value(reply.body(), "exceptionCode")).isEqualTo("InvalidSessionId"));
        assertThat(json("GET", "/750000000000001AAA", null)
                        .path("exceptionCode")
                        .asText())
                .isEqualTo("InvalidJob");
        assertThat(json("POST", "", "{\"operation\":\"insert\",\"object\":\"Nope\",\"contentType\":\"JSON\"}")
                        .path("exceptionMessage")
                        .asText())
                .isEqualTo("Unable to find object: Nope");
        assertThat(json("POST", "", "{\"operation\":\"mangle\",\"object\":\"Account\"}")
                        .path("exceptionCode")
                        .asText())
                .isEqualTo("InvalidJob");
        assertThat(json("POST", "", "{\"operation\":\"insert\",\"object\":\"Account\",\"contentType\":\"ZIP_CSV\"}")
                        .path("exceptionCode")
                        .asText())
                .isEqualTo("FeatureNotEnabled");
        assertThat(xml(
                        "POST",
                        "",
                        "<!DOCTYPE a [<!ENTITY b SYSTEM"
                                + " \"file:///etc/passwd\">]><jobInfo><object>&b;</object></jobInfo>",
                        "application/xml"))
                .contains("InvalidXML");
    }

    @Test
    void aCallCountsAndABearerTokenWorksToo() {
        int before = emulator.usage().used();
        client.call("GET", ASYNC + "/750000000000001AAA", null, "Authorization", "Bearer t");
        assertThat(emulator.usage().used()).isEqualTo(before + 1);
        assertThat(emulator.requests().count("GET async/{asyncVersion}/job/{job}"))
                .isEqualTo(1);
    }

    private String created(String operation, String content, String key) {
        String answer = xml(
                "POST",
                "",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><jobInfo"
                        + " xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><operation>"
                        + operation + "</operation><object>" + (operation.equals("query") ? "Contact" : "Account")
                        + "</object>"
                        + (key == null ? "" : "<externalIdFieldName>" + key + "</externalIdFieldName>")
                        + "<contentType>" + content + "</contentType></jobInfo>",
                "application/xml; charset=utf-8");
        assertThat(value(answer, "state")).as(answer).isEqualTo("Open");
        return value(answer, "id");
    }

    private String change(String job, String state) {
        return xml("POST", "/" + job, "<jobInfo><state>" + state + "</state></jobInfo>", "application/xml");
    }

    private JsonNode json(String method, String path, String body) {
        return client.call(method, ASYNC + path, body, "X-SFDC-Session", "t").json();
    }

    private String xml(String method, String path, String body, String type) {
        return client.call(
                        method,
                        ASYNC + path,
                        body,
                        "X-SFDC-Session",
                        "t",
                        "Content-Type",
                        type == null ? "application/xml" : type)
                .body();
    }

    private static String path(JsonNode job) {
        return "/" + job.path("id").asText();
    }

    private static String path(JsonNode job, JsonNode batch) {
        return path(job) + "/batch/" + batch.path("id").asText();
    }

    private static String value(String xml, String element) {
        assertThat(xml).contains("<" + element + ">");
        return xml.replaceAll("(?s).*?<" + element + ">([^<]*)</" + element + ">.*", "$1");
    }
}
