package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordApiTest {

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("token!1").start();
    private final Client client = new Client(EMULATOR.url(), "token!1");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void empty() {
        EMULATOR.org().clear();
    }

    @Test
    void insertAnswers201WithIdAndLocation() {
        Client.Reply reply = client.post("/sobjects/Account", "{\"Name\":\"Acme\"}");

        assertThat(reply.status()).isEqualTo(201);
        String id = reply.json().path("id").asText();
        assertThat(id).hasSize(18).startsWith("001");
        assertThat(reply.body()).isEqualTo("{\"id\":\"" + id + "\",\"success\":true,\"errors\":[]}");
        assertThat(reply.header("Location")).isEqualTo(Client.DATA + "/sobjects/Account/" + id);
        assertThat(EMULATOR.org().find("Account", id)).get().satisfies(row -> assertThat(row)
                .containsEntry("Name", "Acme")
                .containsEntry("IsDeleted", false)
                .containsEntry("OwnerId", EMULATOR.org().userId()));
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        for (String path : List.of("/sobjects/Account/quickActions", "/sobjects/Account/describe/approvalLayouts")) {
            Client.Reply reply = client.get(path);
            assertThat(reply.status()).as(path).isEqualTo(501);
            assertThat(reply.body()).as(path).contains("NOT_IMPLEMENTED", "does not support");
        }
        assertThat(client.get("/sobjects/Account/nonsense").status()).isEqualTo(404);
    }

    @Test
    void writesThroughRelationshipPathsAreRefusedByName() {
        String account = EMULATOR.org().insert("Account", Map.of("Name", "a"));
        for (String method : List.of("PATCH", "DELETE")) {
            Client.Reply reply = client.call(
                    method,
                    "/sobjects/Account/" + account + "/Owner",
                    method.equals("PATCH") ? "{\"Alias\":\"x\"}" : null);
            assertError(reply, 501, "NOT_IMPLEMENTED");
        }
    }

    @Test
    void aTimeBehindADayIsDropped() {
        String id = client.post(
                        "/sobjects/Opportunity",
                        "{\"Name\":\"o\",\"StageName\":\"Prospecting\",\"CloseDate\":\"2026-03-01T10:00:00.000Z\"}")
                .json()
                .path("id")
                .asText();
        assertThat(client.get("/sobjects/Opportunity/" + id + "?fields=CloseDate")
                        .json()
                        .path("CloseDate")
                        .asText())
                .isEqualTo("2026-03-01");
        assertError(
                client.patch("/sobjects/Opportunity/" + id, "{\"CloseDate\":\"2026-03-01Tnonsense\"}"),
                400,
                "JSON_PARSER_ERROR");
    }

    @Test
    void readAnswersAllFieldsWithExplicitNulls() {
        String id = insert("Account", Map.of("Name", "Acme", "AnnualRevenue", "12.5", "NumberOfEmployees", 42));

        JsonNode json = client.get("/sobjects/Account/" + id).json();

        assertThat(json.path("attributes").path("url").asText()).isEqualTo(Client.DATA + "/sobjects/Account/" + id);
        assertThat(json.path("Id").asText()).isEqualTo(id);
        assertThat(json.path("NumberOfEmployees").isInt()).isTrue();
        assertThat(json.has("Phone")).isTrue();
        assertThat(json.path("Phone").isNull()).isTrue();
        assertThat(json.path("CreatedDate").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000\\+0000");
    }

    @Test
    void readWithFieldsAnswersThemAndTheId() {
        String id = insert("Account", Map.of("Name", "Acme"));

        Client.Reply reply = client.get("/sobjects/account/" + id.substring(0, 15) + "?fields=name,Industry");

        assertThat(reply.body())
                .isEqualTo("{\"attributes\":{\"type\":\"Account\",\"url\":\"" + Client.DATA + "/sobjects/Account/" + id
                        + "\"},\"Name\":\"Acme\",\"Industry\":null,\"Id\":\"" + id + "\"}");
    }

    @Test
    void readOfAnUnknownFieldIsRefused() {
        String id = insert("Account", Map.of("Name", "Acme"));

        assertError(client.get("/sobjects/Account/" + id + "?fields=Nope"), 400, "INVALID_FIELD");
    }

    @Test
    void missingAndDeletedRowsAnswer404() {
        String id = insert("Account", Map.of("Name", "Acme"));
        EMULATOR.org().delete("Account", id);

        assertError(client.get("/sobjects/Account/" + id), 404, "ENTITY_IS_DELETED", "entity is deleted");
        assertError(
                client.get("/sobjects/Account/001000000000001AAA"),
                404,
                "NOT_FOUND",
                "The requested resource does not exist");
        assertError(
                client.get("/sobjects/Account/nonsense"),
                404,
                "NOT_FOUND",
                "Provided external ID field does not exist or is not accessible: nonsense");
        assertError(client.get("/sobjects/Nope/" + id), 404, "NOT_FOUND");
        assertError(
                client.delete("/sobjects/Account/001000000000001AAA"),
                404,
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id");
        assertError(client.delete("/sobjects/Account/" + id), 404, "ENTITY_IS_DELETED");
    }

    @Test
    void updateAnswers204AndSetsNullsAndLeavesTheRest() {
        String id = insert("Account", Map.of("Name", "Acme", "Phone", "1", "Site", "x"));

        Client.Reply reply = client.patch("/sobjects/Account/" + id, "{\"Phone\":null,\"Industry\":\"Energy\"}");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(EMULATOR.org().find("Account", id).orElseThrow())
                .containsEntry("Phone", null)
                .containsEntry("Industry", "Energy")
                .containsEntry("Site", "x");
    }

    @Test
    void writesAreValidatedByDescribe() {
        assertError(
                client.post("/sobjects/Contact", "{\"FirstName\":\"x\"}"),
                400,
                "REQUIRED_FIELD_MISSING",
                "Required fields are missing: [LastName]");
        assertError(
                client.post("/sobjects/Account", "{\"Name\":\"x\",\"Nope__c\":1}"),
                400,
                "INVALID_FIELD",
                "No such column 'Nope__c' on sobject of type Account");
        assertError(
                client.post("/sobjects/Account", "{\"Name\":\"x\",\"CreatedDate\":\"2026-01-01T00:00:00Z\"}"),
                400,
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                "Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify"
                        + " that it is read/write for your profile or permission set.");
        assertError(
                client.post("/sobjects/Contact", "{\"LastName\":\"x\",\"Email\":\"no\"}"),
                400,
                "INVALID_EMAIL_ADDRESS",
                "Email: invalid email address: no");
        assertError(client.post("/sobjects/Account", "{\"Name\":\"" + "x".repeat(256) + "\"}"), 400, "STRING_TOO_LONG");
        assertError(
                client.post("/sobjects/Account", "{\"Name\":\"x\",\"NumberOfEmployees\":\"many\"}"),
                400,
                "JSON_PARSER_ERROR");
        assertError(client.post("/sobjects/Account", "{\"Name\":5}"), 400, "JSON_PARSER_ERROR");
        assertError(client.post("/sobjects/Account", "{x}"), 400, "JSON_PARSER_ERROR");
        assertError(
                client.post("/sobjects/Contact", "{\"LastName\":\"x\",\"AccountId\":\"001\"}"), 400, "MALFORMED_ID");
        assertError(
                client.post("/sobjects/Contact", "{\"LastName\":\"x\",\"AccountId\":\"001000000000001AAA\"}"),
                400,
                "INVALID_CROSS_REFERENCE_KEY",
                "invalid cross reference id");
        String id = insert("Account", Map.of("Name", "Acme"));
        assertError(
                client.patch("/sobjects/Account/" + id, "{\"Id\":\"" + id + "\"}"),
                400,
                "INVALID_FIELD",
                "The Id field should not be specified in the sobject data.");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void upsertInsertsThenUpdates() {
        String path = "/sobjects/Account/External_ID__c/a%2Fb%20%2B%C3%A9+";

        Client.Reply first = client.patch(path, "{\"Name\":\"One\"}");
        Client.Reply second = client.patch(path, "{\"Name\":\"Two\"}");

        String id = first.json().path("id").asText();
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("{\"id\":\"" + id + "\",\"success\":true,\"errors\":[],\"created\":true}");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("{\"id\":\"" + id + "\",\"success\":true,\"errors\":[],\"created\":false}");
        assertThat(EMULATOR.org().all("Account")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("External_ID__c", "a/b +é+")
                .containsEntry("Name", "Two"));
        assertThat(client.get(path).json().path("Id").asText()).isEqualTo(id);
        assertThat(client.delete(path).status()).isEqualTo(204);
        assertError(client.get(path), 404, "NOT_FOUND", "The requested resource does not exist");
    }

    @Test
    void updateOnlyCreatesNothing() {
        assertError(
                client.patch("/sobjects/Account/External_ID__c/x?updateOnly=true", "{\"Name\":\"One\"}"),
                404,
                "NOT_FOUND");
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void severalMatchesAnswer300AndWriteNothing() {
        String first = insert("Account", Map.of("Name", "a", "Non_Unique_Key__c", "k"));
        String second = insert("Account", Map.of("Name", "b", "Non_Unique_Key__c", "k"));

        Client.Reply reply = client.patch("/sobjects/Account/Non_Unique_Key__c/k", "{\"Name\":\"c\"}");

        assertThat(reply.status()).isEqualTo(300);
        assertThat(reply.json())
                .extracting(JsonNode::asText)
                .containsExactly(
                        Client.DATA + "/sobjects/Account/" + first, Client.DATA + "/sobjects/Account/" + second);
        assertThat(client.get("/sobjects/Account/Non_Unique_Key__c/k").status()).isEqualTo(300);
        assertThat(EMULATOR.org().find("Account", first).orElseThrow()).containsEntry("Name", "a");
    }

    @Test
    void anUnknownKeyFieldIsNotFound() {
        assertError(
                client.patch("/sobjects/Account/Nope__c/x", "{}"),
                404,
                "NOT_FOUND",
                "Provided external ID field does not exist or is not accessible: Nope__c");
    }

    @Test
    void uniqueKeysAreHeld() {
        String id = insert("Account", Map.of("Name", "a", "External_ID__c", "k"));

        assertError(
                client.post("/sobjects/Account", "{\"Name\":\"b\",\"External_ID__c\":\"K\"}"),
                400,
                "DUPLICATE_VALUE",
                "duplicate value found: External_ID__c duplicates value on record with id: " + id.substring(0, 15));
    }

    @Test
    void parentsAreNamedByExternalId() {
        String parent = insert("Account", Map.of("Name", "a", "External_ID__c", "k"));

        String id = client.post("/sobjects/Contact", "{\"LastName\":\"x\",\"Account\":{\"External_ID__c\":\"k\"}}")
                .json()
                .path("id")
                .asText();

        assertThat(EMULATOR.org().find("Contact", id).orElseThrow()).containsEntry("AccountId", parent);
        assertError(
                client.post("/sobjects/Contact", "{\"LastName\":\"x\",\"Account\":{\"External_ID__c\":\"none\"}}"),
                400,
                "INVALID_FIELD",
                "Foreign key external ID: none not found for field External_ID__c in entity Account");
    }

    @Test
    void insertByTheAddressOfAnUpsert() {
        Client.Reply reply = client.post("/sobjects/Account/Id", "{\"Name\":\"x\"}");

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().path("created").asBoolean()).isTrue();
    }

    @Test
    void wrongMethodsAnswer405() {
        assertError(
                client.patch("/sobjects/Account", "{}"),
                405,
                "METHOD_NOT_ALLOWED",
                "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,POST");
        assertError(
                client.patch("/sobjects/Account/Id/001000000000001AAA", "{}"),
                405,
                "METHOD_NOT_ALLOWED",
                "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,POST");
    }

    @Test
    void aPostMayStandForAPatch() {
        String id = insert("Account", Map.of("Name", "a"));

        assertThat(client.post("/sobjects/Account/" + id + "?_HttpMethod=PATCH", "{\"Name\":\"b\"}")
                        .status())
                .isEqualTo(204);
        assertThat(EMULATOR.org().find("Account", id).orElseThrow()).containsEntry("Name", "b");
    }

    private static String insert(String object, Map<String, ?> record) {
        return EMULATOR.org().insert(object, record);
    }
}
