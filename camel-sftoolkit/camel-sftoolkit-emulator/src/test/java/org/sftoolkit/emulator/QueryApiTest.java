package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryApiTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);
    private static final SalesforceEmulator EMULATOR = SalesforceEmulator.builder()
            .clock(CLOCK)
            .accessToken("token!1")
            .accessToken("token!2")
            .start();
    private final Client client = new Client(EMULATOR.url(), "token!1");
    private final Client other = new Client(EMULATOR.url(), "token!2");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void empty() {
        EMULATOR.org().clear();
        EMULATOR.expireQueryCursors();
    }

    private static void accounts(int number) {
        for (int i = 0; i < number; i++) {
            EMULATOR.org().insert("Account", Map.of("Name", "A%04d".formatted(i)));
        }
    }

    private Client.Reply query(String soql, String... headers) {
        return client.call("GET", "/query?q=" + encoded(soql), null, headers);
    }

    private static void timeZone(String zone) {
        EMULATOR.org()
                .update(
                        "User",
                        EMULATOR.org().userId(),
                        Map.of(
                                "TimeZoneSidKey", zone,
                                "LocaleSidKey", "en_US",
                                "LanguageLocaleKey", "en_US",
                                "EmailEncodingKey", "UTF-8"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertError(Client.Reply reply, String code, String message) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json()).hasSize(1);
        assertThat(reply.json().at("/0/errorCode").asText()).isEqualTo(code);
        assertThat(reply.json().at("/0/message").asText()).isEqualTo(message);
    }

    @Test
    void queryAnswersMatchingRowsWithTheirParents() {
        String id = EMULATOR.org().insert("Account", Map.of("Name", "Acme"));
        String contact = EMULATOR.org().insert("Contact", Map.of("LastName", "Lovelace", "AccountId", id));
        EMULATOR.org().insert("Contact", Map.of("LastName", "Nobody"));

        Client.Reply reply = query("SELECT LastName, Account.Name FROM Contact WHERE Account.Name = 'acme'");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"totalSize\":1,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"Contact\",\"url\":\""
                                + Client.DATA + "/sobjects/Contact/" + contact
                                + "\"},\"LastName\":\"Lovelace\",\"Account\":{\"attributes\":{\"type\":\"Account\",\"url\":\""
                                + Client.DATA + "/sobjects/Account/" + id + "\"},\"Name\":\"Acme\"}}]}");
        assertThat(reply.header("Sforce-Limit-Info")).startsWith("api-usage=");
    }

    @Test
    void pagesFollowNextRecordsUrlToTheEnd() {
        accounts(4_500);
        JsonNode page = query("SELECT Name FROM Account ORDER BY Name").json();
        List<Integer> sizes = new ArrayList<>(List.of(page.path("records").size()));
        List<String> names = new ArrayList<>(page.findValuesAsText("Name"));
        while (page.has("nextRecordsUrl")) {
            assertThat(page.path("done").asBoolean()).isFalse();
            page = client.get(page.path("nextRecordsUrl").asText()).json();
            sizes.add(page.path("records").size());
            names.addAll(page.findValuesAsText("Name"));
        }
        assertThat(page.path("done").asBoolean()).isTrue();
        assertThat(page.path("totalSize").asInt()).isEqualTo(4_500);
        assertThat(sizes).containsExactly(2_000, 2_000, 500);
        assertThat(names).hasSize(4_500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void batchSizeIsKeptBetween200And2000() {
        accounts(2_100);
        assertThat(query("SELECT Id FROM Account", "Sforce-Query-Options", "batchSize=300")
                        .json()
                        .path("records"))
                .hasSize(300);
        assertThat(query("SELECT Id FROM Account", "Sforce-Query-Options", "batchSize=1")
                        .json()
                        .path("records"))
                .hasSize(200);
        assertThat(query("SELECT Id FROM Account", "Sforce-Query-Options", "batchSize=5000")
                        .json()
                        .path("records"))
                .hasSize(2_000);
    }

    @Test
    void pageSizeOfTheEmulatorMayBeSmaller() {
        try (SalesforceEmulator small =
                SalesforceEmulator.builder().accessToken("t").pageSize(3).start()) {
            for (int i = 0; i < 7; i++) {
                small.org().insert("Account", Map.of("Name", "A" + i));
            }
            Client ofSmall = new Client(small.url(), "t");
            JsonNode page =
                    ofSmall.get("/query?q=" + encoded("SELECT Id FROM Account")).json();
            assertThat(page.path("records")).hasSize(3);
            assertThat(page.path("nextRecordsUrl").asText()).endsWith("-3");
        }
    }

    @Test
    void locatorIsRefusedToAnotherSessionAndAfterItsTime() {
        accounts(2_001);
        String next =
                query("SELECT Id FROM Account").json().path("nextRecordsUrl").asText();
        assertError(other.get(next), "INVALID_QUERY_LOCATOR", "invalid query locator");
        assertThat(client.get(next).status()).isEqualTo(200);
        assertThat(client.get(next.replace("/query/", "/queryAll/")).status()).isEqualTo(200);
        EMULATOR.expireQueryCursors();
        assertError(client.get(next), "INVALID_QUERY_LOCATOR", "invalid query locator");
        assertError(client.get("/query/nonsense"), "INVALID_QUERY_LOCATOR", "invalid query locator");
    }

    @Test
    void cursorsAreCountedAndEndedOverHttp() {
        accounts(2_001);
        String next =
                query("SELECT Id FROM Account").json().path("nextRecordsUrl").asText();
        assertThat(EMULATOR.openQueryCursors()).isEqualTo(1);
        assertThat(client.get("/__emulator/cursors").body()).isEqualTo("{\"open\":1}");
        assertThat(client.delete("/__emulator/cursors").status()).isEqualTo(204);
        assertThat(EMULATOR.openQueryCursors()).isZero();
        assertError(client.get(next), "INVALID_QUERY_LOCATOR", "invalid query locator");
    }

    @Test
    void usersOldestCursorFallsToTheEleventh() {
        accounts(2_001);
        List<String> next = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            next.add(query("SELECT Id FROM Account")
                    .json()
                    .path("nextRecordsUrl")
                    .asText());
        }
        assertError(client.get(next.get(0)), "INVALID_QUERY_LOCATOR", "invalid query locator");
        assertThat(client.get(next.get(1)).status()).isEqualTo(200);
    }

    @Test
    void queryAllGivesDeletedRowsAndPagesUnderQuery() {
        accounts(2_001);
        String id = EMULATOR.org().insert("Account", Map.of("Name", "gone"));
        EMULATOR.org().delete("Account", id);
        assertThat(query("SELECT COUNT() FROM Account").json().path("totalSize").asInt())
                .isEqualTo(2_001);
        JsonNode page = client.get("/queryAll?q=" + encoded("SELECT Id, IsDeleted FROM Account"))
                .json();
        assertThat(page.path("totalSize").asInt()).isEqualTo(2_002);
        assertThat(page.path("nextRecordsUrl").asText()).startsWith(Client.DATA + "/query/01g");
    }

    @Test
    void literalPlusOfATimeZoneMustBeEncoded() {
        EMULATOR.org().insert("Account", Map.of("Name", "Acme"));
        String soql = "SELECT+Id+FROM+Account+WHERE+CreatedDate+<=+2026-01-31T13:00:00".replace("<", "%3C");
        assertThat(client.get("/query?q=" + soql + "%2B01:00")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.get("/query?q=" + soql + "+01:00").status()).isEqualTo(400);
    }

    @Test
    void dateLiteralsFollowTheUsersTimeZone() {
        EMULATOR.org().insert("Account", Map.of("Name", "Acme", "Last_Audit__c", "2026-02-01T05:00:00Z"));
        assertThat(query("SELECT Id FROM Account WHERE Last_Audit__c = TODAY")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isZero();
        timeZone("America/Los_Angeles");
        assertThat(query("SELECT Id FROM Account WHERE Last_Audit__c = TODAY")
                        .json()
                        .path("totalSize")
                        .asInt())
                .isEqualTo(1);
        timeZone("GMT");
    }

    @Test
    void refusalsCarrySalesforcesCodesAndTexts() {
        assertError(
                query("SELECT Nope FROM Account"),
                "INVALID_FIELD",
                "\n"
                        + "SELECT Nope FROM Account\n"
                        + "       ^\n"
                        + "ERROR at Row:1:Column:8\n"
                        + "No such column 'Nope' on entity 'Account'. If you are attempting to use a custom field, be sure"
                        + " to append the '__c' after the custom field name. Please reference your WSDL or the describe"
                        + " call for the appropriate names.");
        assertError(
                query("SELECT Id FROM Account a b"),
                "MALFORMED_QUERY",
                "\n"
                        + "SELECT Id FROM Account a b\n"
                        + "                         ^\n"
                        + "ERROR at Row:1:Column:26\n"
                        + "unexpected token: 'b'");
        assertError(client.get("/query"), "MALFORMED_QUERY", "A query string has to be specified");
    }

    @Test
    void columnsAreDescribedInsteadOfRows() {
        JsonNode json = columns("SELECT Id, Name, NumberOfEmployees, Owner.Name, (SELECT LastName FROM Contacts)"
                + " FROM Account LIMIT 5");

        assertThat(json.path("entityName").asText()).isEqualTo("Account");
        assertThat(json.path("keyPrefix").asText()).isEqualTo("001");
        assertThat(json.path("idSelected").asBoolean()).isTrue();
        assertThat(json.path("groupBy").asBoolean()).isFalse();
        assertThat(json.has("records")).isFalse();
        JsonNode metadata = json.path("columnMetadata");
        assertThat(metadata.findValuesAsText("columnName"))
                .containsExactly("Id", "Name", "NumberOfEmployees", "Owner", "Name", "Contacts", "LastName");
        assertThat(metadata.get(0).path("apexType").asText()).isEqualTo("System.Id");
        assertThat(metadata.get(1).path("textType").asBoolean()).isTrue();
        assertThat(metadata.get(1).path("updatable").asBoolean()).isTrue();
        assertThat(metadata.get(2).path("numberType").asBoolean()).isTrue();
        assertThat(metadata.get(3).path("aggregate").asBoolean()).isFalse();
        assertThat(metadata.get(4).path("aggregate").asBoolean()).isTrue();
    }

    @Test
    void columnsOfGroupsCarryTheirAliases() {
        JsonNode json = columns("SELECT Industry, COUNT(Id) n, MAX(NumberOfEmployees) FROM Account GROUP BY Industry");

        assertThat(json.path("groupBy").asBoolean()).isTrue();
        assertThat(json.path("columnMetadata").findValuesAsText("columnName"))
                .containsExactly("Industry", "n", "expr0");
        assertThat(json.path("columnMetadata").findValuesAsText("aggregate")).containsExactly("false", "true", "true");
        assertThat(json.at("/columnMetadata/2/displayName").asText()).isEqualTo("MAX(NumberOfEmployees)");
        assertThat(columns("SELECT COUNT() FROM Account").path("columnMetadata"))
                .hasSize(1);
    }

    @Test
    void columnsOfABrokenStatementAreRefused() {
        Errors.assertError(client.get("/query?columns=true&q=" + encoded("SELECT FROM")), 400, "MALFORMED_QUERY");
    }

    @Test
    void explainTellsHowRowsWouldBeFound() {
        EMULATOR.org().insert("Account", Map.of("Name", "Acme", "External_ID__c", "1"));
        String byKey = "SELECT Id FROM Account WHERE External_ID__c = '1'";
        JsonNode indexed = explain(byKey);
        JsonNode scanned = explain("SELECT Id FROM Account WHERE Fax = '1'");

        assertThat(indexed.at("/plans/0/leadingOperationType").asText()).isEqualTo("Index");
        assertThat(indexed.at("/plans/0/fields/0").asText()).isEqualTo("External_ID__c");
        assertThat(indexed.at("/plans/0/cardinality").asInt()).isEqualTo(1);
        assertThat(indexed.at("/sourceQuery").asText()).isEqualTo(byKey);
        assertThat(scanned.at("/plans/0/leadingOperationType").asText()).isEqualTo("TableScan");
        assertThat(scanned.at("/plans/0/notes")).hasSize(1);
        Errors.assertError(client.get("/query?explain=" + encoded("SELECT Nope FROM Account")), 400, "INVALID_FIELD");
        Errors.assertError(client.get("/query?explain=00O000000000001AAA"), 501, "NOT_IMPLEMENTED");
    }

    private JsonNode columns(String soql) {
        return client.get("/query?columns=true&q=" + encoded(soql)).json();
    }

    private JsonNode explain(String soql) {
        return client.get("/query?explain=" + encoded(soql)).json();
    }

    @Test
    void statementOverTheUriLimitMeetsTheWebServersPage() {
        Client.Reply reply = query("SELECT Id FROM Account WHERE Name = '" + "x".repeat(17_000) + "'");
        assertThat(reply.status()).isEqualTo(414);
        assertThat(reply.body()).isEqualTo("<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>");
    }
}
