package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Java code can do with an emulator, over HTTP. */
class ControlApiTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private SalesforceEmulator emulator;
    private Client client;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        emulator = SalesforceEmulator.builder()
                .accessToken("t")
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .start();
        client = new Client(emulator.url(), "t");
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void theClockIsMovedAndStoppedAndRunsOn() {
        assertThat(clock("{\"advance\":\"90m\"}")).isEqualTo("2026-03-01T11:30:00Z");
        assertThat(clock("{\"stopAt\":\"2030-01-01T00:00:00Z\"}")).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(clock("{\"advance\":\"-1d\"}")).isEqualTo("2029-12-31T00:00:00Z");
        String id = client.post("/sobjects/Account", "{\"Name\":\"a\"}")
                .json()
                .path("id")
                .asText();
        assertThat(emulator.org().find("Account", id).orElseThrow().get("CreatedDate"))
                .isEqualTo(Instant.parse("2029-12-31T00:00:00Z"));
        assertThat(clock("{\"reset\":true}")).isEqualTo(START.toString());
        assertThat(emulator.clock().advance(Duration.ofSeconds(1))).isEqualTo(START.plusSeconds(1));
    }

    private String clock(String change) {
        return client.post("/__emulator/clock", change).json().path("now").asText();
    }

    @Test
    void settingsAreChangedWhileItRuns() {
        client.post("/sobjects/Account", "{\"Name\":\"a\"}");
        client.post("/sobjects/Account", "{\"Name\":\"b\"}");
        JsonNode settings = client.patch(
                        "/__emulator/settings",
                        "{\"latency\":\"30ms\",\"dailyLimit\":5,\"usedCalls\":2,\"pageSize\":1,\"openCursors\":1,\"fileLimit\":10,"
                                + "\"tokenLifetimeRequests\":1,\"keepBodies\":100,\"loginHostOnly\":true,"
                                + "\"clientCredentialsUser\":false,\"rotateRefreshTokens\":true,\"strictJwtExpiry\":true}")
                .json();
        assertThat(settings).isEqualTo(client.get("/__emulator/settings").json());
        assertThat(settings.path("latency").asText()).isEqualTo("30ms");
        long before = System.nanoTime();
        JsonNode page = client.get("/query?q=SELECT+Id+FROM+Account").json();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(page.path("records")).hasSize(1);
        assertThat(page.path("done").asBoolean()).isFalse();
        assertThat(client.form(
                                "/services/oauth2/token",
                                "grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret")
                        .body())
                .contains("request not supported on this domain");
        client.get("/limits");
        client.get("/limits");
        assertThat(client.get("/limits").body()).contains("REQUEST_LIMIT_EXCEEDED");
        assertThat(emulator.requests().list().get(2).answer()).contains("totalSize");
    }

    @Test
    void theSchemaGrowsWhileItRuns() {
        String id = emulator.org().insert("Account", Map.of("Name", "old"));
        assertThat(client.post(
                                "/__emulator/schema",
                                """
                                {"objects": [{"name": "Invoice__c", "keyPrefix": "a0I", "fields": [
                                    {"name": "Number__c", "type": "text", "externalId": true},
                                    {"name": "Account__c", "type": "lookup", "lookup": "Account"}]}],
                                 "fields": {"Account": [{"name": "Segment__c", "type": "picklist", "values": ["A", "B"]}]}}""")
                        .body())
                .contains("Invoice__c");
        assertThat(client.patch("/sobjects/Account/" + id, "{\"Segment__c\":\"A\"}")
                        .status())
                .isEqualTo(204);
        assertThat(client.post("/sobjects/Invoice__c", "{\"Number__c\":\"1\",\"Account__c\":\"" + id + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(client.get("/query?q=SELECT+Account__r.Segment__c+FROM+Invoice__c")
                        .json()
                        .at("/records/0/Account__r/Segment__c")
                        .asText())
                .isEqualTo("A");
        JsonNode describe = client.get("/sobjects/Account/describe").json();
        assertThat(describe.path("fields").findValuesAsText("name")).contains("Segment__c");
        Client.Reply replaced =
                client.post("/__emulator/schema", describe.deepCopy().toString().replace("\"Name\"", "\"Nom\""));
        assertThat(replaced.status()).isEqualTo(400);
        assertThat(replaced.body()).contains("Account has rows");
        assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Name", "old");
    }

    @Test
    void aDescribeThatWasAskedForBeforeAFieldCameIsOutOfDate() {
        String modified = client.get("/sobjects/Account/describe").header("Last-Modified");
        assertThat(since(modified)).isEqualTo(304);
        client.post("/__emulator/schema", "{\"fields\":{\"Account\":[{\"name\":\"X__c\",\"type\":\"text\"}]}}");
        assertThat(since(modified)).isEqualTo(200);
    }

    private int since(String modified) {
        return client.call("GET", "/sobjects/Account/describe", null, "If-Modified-Since", modified)
                .status();
    }

    @Test
    void seedsAreWrittenAllOrNoneWithParentsByKey() {
        assertThat(client.post(
                                "/__emulator/seed",
                                """
                                {"Contact": [{"LastName": "Lovelace", "Account": {"External_ID__c": "A-1"}}],
                                 "Account": [{"Name": "Acme", "External_ID__c": "A-1", "CreatedDate": "2020-01-01T00:00:00Z"}]}""")
                        .body())
                .isEqualTo("{\"written\":2}");
        assertThat(emulator.org().all("Contact").get(0).get("AccountId"))
                .isEqualTo(emulator.org().all("Account").get(0).get("Id"));
        Client.Reply refused = client.post("/__emulator/seed", "{\"Account\":[{\"Name\":\"b\"},{\"Nope__c\":1}]}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("Account 2").contains("Nope__c");
        assertThat(emulator.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aSnapshotBringsRowsAndDeletionsBack() {
        String kept = emulator.org().insert("Account", Map.of("Name", "kept", "External_ID__c", "K"));
        assertThat(client.post("/__emulator/snapshots", "{\"name\":\"one\"}").status())
                .isEqualTo(201);
        emulator.org().delete("Account", kept);
        String late = emulator.org().insert("Account", Map.of("Name", "late"));
        assertThat(client.post("/__emulator/snapshots/one/restore", "").status())
                .isEqualTo(204);
        assertThat(client.get("/sobjects/Account/External_ID__c/K")
                        .json()
                        .path("Name")
                        .asText())
                .isEqualTo("kept");
        assertThat(emulator.org().count("Account")).isEqualTo(1);
        assertThat(emulator.org().deleteLog().entries()).isEmpty();
        assertThat(emulator.org().insert("Account", Map.of("Name", "next"))).isNotEqualTo(late);
        assertThat(client.delete("/__emulator/snapshots/one").status()).isEqualTo(204);
        assertThat(client.post("/__emulator/snapshots/one/restore", "").body()).contains("no snapshot 'one'");
    }

    @Test
    void whatASnapshotBroughtBackIsThereAfterARestart() {
        try (SalesforceEmulator first =
                SalesforceEmulator.builder().data(folder).start()) {
            Client steer = new Client(first.url(), null);
            first.org().insert("Account", Map.of("Name", "kept"));
            steer.post("/__emulator/snapshots", "{\"name\":\"one\"}");
            first.org().clear();
            first.org().insert("Account", Map.of("Name", "gone"));
            steer.post("/__emulator/snapshots/one/restore", "");
            first.org().insert("Account", Map.of("Name", "after"));
        }
        try (SalesforceEmulator again =
                SalesforceEmulator.builder().data(folder).start()) {
            assertThat(again.org().all("Account"))
                    .extracting(row -> row.get("Name"))
                    .containsExactlyInAnyOrder("kept", "after");
        }
    }

    @Test
    void aTransactionCommitsLate() {
        String id =
                client.post("/__emulator/transactions", "").json().path("id").asText();
        client.post("/__emulator/clock", "{\"advance\":\"10m\"}");
        JsonNode ids = client.post(
                        "/__emulator/transactions/" + id + "/commit",
                        "{\"insert\":{\"Account\":[{\"Name\":\"late\"}]}}")
                .json()
                .path("ids");
        assertThat(emulator.org()
                        .find("Account", ids.path(0).asText())
                        .orElseThrow()
                        .get("SystemModstamp"))
                .isEqualTo(START);
        assertThat(client.post("/__emulator/transactions/" + id + "/commit", "").status())
                .isEqualTo(404);
    }

    @Test
    void usersAndTokensAreAdded() {
        String id = client.post(
                        "/__emulator/users", "{\"name\":\"ada@example.com\",\"password\":\"p\",\"token\":\"s\"}")
                .json()
                .path("id")
                .asText();
        Client.Reply login = client.form(
                "/services/oauth2/token",
                "grant_type=password&client_id=emulator-client&client_secret=emulator-secret"
                        + "&username=ada@example.com&password=ps");
        assertThat(login.json().path("id").asText()).endsWith(id);
        String token = client.post("/__emulator/tokens", "{\"user\":\"ada@example.com\"}")
                .json()
                .path("token")
                .asText();
        assertThat(new Client(emulator.url(), token).get("/limits").status()).isEqualTo(200);
        assertThat(client.get("/__emulator/tokens").json().path("living").asInt())
                .isEqualTo(3);
        assertThat(client.patch("/__emulator/app", "{\"secret\":\"other\"}").status())
                .isEqualTo(204);
        String refresh = client.post("/__emulator/tokens", "{\"kind\":\"refresh\"}")
                .json()
                .path("token")
                .asText();
        String exchange = "grant_type=refresh_token&client_id=emulator-client&refresh_token=" + refresh;
        assertThat(client.form("/services/oauth2/token", exchange + "&client_secret=emulator-secret")
                        .status())
                .isEqualTo(400);
        assertThat(client.form("/services/oauth2/token", exchange + "&client_secret=other")
                        .status())
                .isEqualTo(200);
        client.post("/__emulator/expire", "");
        assertThat(client.get("/limits").status()).isEqualTo(401);
    }

    @Test
    void rowsAreListedInPortionsDeletedAndTakenBack() {
        String first = emulator.org().insert("Account", Map.of("Name", "1"));
        String second = emulator.org().insert("Account", Map.of("Name", "2"));
        assertThat(names("/__emulator/records/Account?limit=1")).containsExactly("1");
        assertThat(names("/__emulator/records/Account?after=" + first)).containsExactly("2");
        String path = "/__emulator/records/Account/" + second;
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertThat(names("/__emulator/records/Account")).containsExactly("1");
        assertThat(names("/__emulator/records/Account?deleted=true")).containsExactly("1", "2");
        assertThat(client.post(path + "/undelete", "").status()).isEqualTo(204);
        assertThat(client.delete(path + "?purge=true").status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    private java.util.List<String> names(String path) {
        return client.get(path).json().findValuesAsText("Name");
    }

    @Test
    void bulkJobsAreSteered() {
        assertThat(client.patch("/__emulator/bulk", "{\"automatic\":false,\"batchRows\":5,\"emptyResults\":\"EMPTY\"}")
                        .json()
                        .path("batchRows")
                        .asInt())
                .isEqualTo(5);
        client.post("/__emulator/bulk/blackholes", "{\"object\":\"Account\"}");
        String job = client.post("/jobs/ingest", "{\"object\":\"Account\",\"operation\":\"insert\"}")
                .json()
                .path("id")
                .asText();
        client.call("PUT", "/jobs/ingest/" + job + "/batches", "Name\na\nb\n", "Content-Type", "text/csv");
        client.patch("/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
        assertThat(client.post("/__emulator/bulk/step", "").body()).isEqualTo("{\"stepped\":true}");
        assertThat(client.post("/__emulator/bulk/run", "").status()).isEqualTo(204);
        assertThat(client.get("/__emulator/bulk").json().at("/jobs/0/processed").asInt())
                .isEqualTo(2);
        assertThat(client.get("/__emulator/bulk/blackholes").body()).isEqualTo("{\"Account\":2}");
        assertThat(emulator.org().count("Account")).isZero();
    }

    @Test
    void theInstanceMoves() {
        String moved =
                client.post("/__emulator/moveInstance", "").json().path("url").asText();
        assertThat(moved).isEqualTo(emulator.url());
        assertThat(client.get("/limits").status()).isEqualTo(401);
    }

    @Test
    void duplicatesAreRefusedFromNowOn() {
        client.post("/__emulator/duplicateRules", "{\"object\":\"Account\",\"fields\":[\"Name\"]}");
        client.post("/sobjects/Account", "{\"Name\":\"a\"}");
        assertThat(client.post("/sobjects/Account", "{\"Name\":\"A\"}").body()).contains("DUPLICATES_DETECTED");
        client.delete("/__emulator/duplicateRules");
        assertThat(client.post("/sobjects/Account", "{\"Name\":\"A\"}").status())
                .isEqualTo(201);
    }

    @Test
    void whatIsLoggedShowsNoSecrets() {
        client.patch("/__emulator/settings", "{\"keepBodies\":1000}");
        client.form(
                "/services/oauth2/token?client_secret=hush1",
                "grant_type=password&client_id=emulator-client&client_secret=hush2&username=a&password=hush3");
        client.form(
                "/services/oauth2/token",
                "grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret");
        client.call(
                "POST",
                "/services/Soap/u/66.0",
                "<e:Envelope xmlns:e='x'><n1:password>hush4</n1:password></e:Envelope>",
                "Content-Type",
                "text/xml",
                "Cookie",
                "sid=hush5");
        String log = client.get("/__emulator/requests").body();
        assertThat(log)
                .contains("grant_type=password")
                .contains("instance_url")
                .doesNotContain("hush", "emulator-secret", "!AQ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|clock|{}|one of \"stopAt\"",
                "POST|clock|{\"advance\":\"soon\"}|\"advance\" must be a time",
                "POST|clock|{\"stopAt\":\"yesterday\"}|\"stopAt\" must be an instant",
                "PATCH|settings|{\"latencie\":1}|unknown \"latencie\": use one of latency, dailyLimit",
                "PATCH|settings|{\"pageSize\":9000}|pageSize must be 1 to 2000, not 9000",
                "PATCH|settings|{\"latency\":-1}|latency must be 0 or more",
                "PATCH|settings|{\"loginHostOnly\":\"yes\"}|\"loginHostOnly\" must be true or false, not yes",
                "POST|schema|{\"object\":[]}|unknown setting 'object': use one of objects, fields",
                "POST|schema|{\"fields\":{\"Nope\":[{\"name\":\"a\"}]}}|no object 'Nope'",
                "POST|seed|{\"Nope\":[{}]}|no object 'Nope'",
                "POST|seed|{\"Account\":[1]}|Account 1: not a record",
                "POST|snapshots|{}|\"name\" is missing",
                "POST|users|{\"name\":\"user@example.com\"}|exists already",
                "POST|tokens|{\"kind\":\"id\"}|\"kind\" must be one of access, refresh",
                "PATCH|app|{\"jwtKey\":\"x\"}|\"jwtKey\" is no public key",
                "PATCH|bulk|{\"batchRows\":0}|\"batchRows\" must be 1 or more",
                "PATCH|bulk|{\"emptyResults\":\"NOTHING\"}|\"emptyResults\" must be one of HEADER",
                "POST|duplicateRules|{\"object\":\"Account\",\"fields\":[\"Nope\"]}|no field 'Nope'",
                "POST|faults|{\"fault\":\"nope\"}|unknown fault 'nope': use one of delay, status",
                "POST|faults|{\"fault\":\"delay\",\"milis\":1}|unknown \"milis\" for delay: use one of millis, when",
                "POST|faults|{\"fault\":\"stall\",\"point\":\"NOWHERE\"}|\"point\" is 'NOWHERE': use one of IN_REQUEST"
            })
    void whatIsNotUnderstoodIsRefusedByName(String method, String path, String json, String message) {
        Client.Reply reply = client.call(method, "/__emulator/" + path, json);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/0/message").asText()).contains(message);
    }

    @Test
    void anUnknownParameterIsRefused() {
        assertThat(client.get("/__emulator/requests?resuorce=x").body()).contains("unknown parameter 'resuorce'");
    }

    @Test
    void theSchemaOfAnOrgInJavaChangesAsAWholeOrNotAtAll() {
        emulator.org().insert("Account", Map.of("Name", "a"));
        assertThatThrownBy(() -> emulator.org().changeSchema(schema -> schema.withObject(
                                CustomObject.named("New__c", "a0N").describe())
                        .withField("Account", "{\"name\":\"Name\",\"type\":\"int\"}")))
                .hasMessageContaining("Account has rows");
        assertThat(emulator.org().schema().object("New__c")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | faults | {'fault':'status','status':99} | status",
                "POST | faults | {'fault':'status','status':503,'times':0} | times",
                "POST | faults | {'fault':'status','status':503,'times':1.5} | times",
                "POST | faults | {'fault':'status','status':503,'percent':200} | percent",
                "POST | faults | {'fault':'delay','millis':-1} | millis",
                "POST | faults | {'fault':'slowBody','bytes':0,'millis':1} | bytes",
                "POST | faults | {'fault':'status','status':503,'when':'FOO bar'} | FOO bar",
                "POST | faults | {'fault':'rowLock','object':'Nope','value':'x'} | Nope",
                "POST | faults | {'fault':'rowLock','object':'Account','field':'Nope','value':'x'} | Nope",
                "PATCH | settings | {'tokenLifetimeRequests':0} | tokenLifetimeRequests",
                "PATCH | settings | {'dailyLimit':-4} | dailyLimit",
                "PATCH | settings | {'usedCalls':-1} | usedCalls",
                "PATCH | settings | {'keepBodies':-1} | keepBodies",
                "POST | clock | {'stopAt':'2026-03-01T00:00:00Z','reset':true} | give one of",
                "POST | users | {'name':' '} | name",
                "POST | seed | {'Nope':[]} | Nope",
                "POST | schema | {'objects':[{'name':'Two Words__c','keyPrefix':'a55'}]} | Two Words__c"
            })
    void whatMakesNoSenseIsRefusedByName(String method, String resource, String json, String named) {
        Client.Reply reply = client.call(method, "/__emulator/" + resource, json.replace('\'', '"'));

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().at("/0/message").asText()).contains(named);
    }
}
