package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectionsApiTest {

    private static final String PATH = "/composite/sobjects";
    private static final String ROLLED_BACK =
            "Record rolled back because not all records were valid and the request was using AllOrNone header";

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
        EMULATOR.requests().reset();
    }

    @Test
    void insertAnswersOneResultPerRecordInOrder() {
        Client.Reply reply = client.post(
                PATH,
                records(false, account("\"Name\":\"a\""), account("\"Site\":\"x\""), contact("\"LastName\":\"b\"")));

        JsonNode json = reply.json();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(json.get(0).toString())
                .isEqualTo("{\"id\":\"" + json.get(0).path("id").asText() + "\",\"success\":true,\"errors\":[]}");
        assertThat(json.get(1).toString())
                .isEqualTo("{\"success\":false,\"errors\":[{\"statusCode\":\"REQUIRED_FIELD_MISSING\",\"message\":"
                        + "\"Required fields are missing: [Name]\",\"fields\":[\"Name\"]}]}");
        assertThat(json.get(2).path("id").asText()).startsWith("003");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
        assertThat(EMULATOR.requests().list("POST composite/sobjects"))
                .singleElement()
                .satisfies(request -> assertThat(request.records()).isEqualTo(3));
    }

    @Test
    void allOrNoneTakesEverythingBack() {
        JsonNode json = client.post(PATH, records(true, account("\"Name\":\"a\""), account("\"Site\":\"x\"")))
                .json();

        assertThat(json.get(0).toString())
                .isEqualTo("{\"success\":false,\"errors\":[{\"statusCode\":\"ALL_OR_NONE_OPERATION_ROLLED_BACK\","
                        + "\"message\":\"" + ROLLED_BACK + "\",\"fields\":[]}]}");
        assertThat(json.get(1).at("/errors/0/statusCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void updateReportsEachRecord() {
        String id = insert("Account", Map.of("Name", "a"));
        String gone = insert("Account", Map.of("Name", "b"));
        EMULATOR.org().delete("Account", gone);

        JsonNode json = client.patch(
                        PATH,
                        records(
                                false,
                                account("\"Id\":\"" + id + "\",\"Name\":\"c\""),
                                account("\"id\":\"" + gone + "\",\"Name\":\"c\""),
                                account("\"id\":\"001000000000001AAA\",\"Name\":\"c\""),
                                account("\"id\":\"0030000\",\"Name\":\"c\""),
                                account("\"Name\":\"c\"")))
                .json();

        assertThat(json.get(0).path("success").asBoolean()).isTrue();
        assertThat(json.findValuesAsText("statusCode"))
                .containsExactly(
                        "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID", "MISSING_ARGUMENT");
        assertThat(json.get(3).at("/errors/0/message").asText())
                .isEqualTo("Account ID: id value of incorrect type: 0030000");
        assertThat(EMULATOR.org().find("Account", id).orElseThrow()).containsEntry("Name", "c");
    }

    @Test
    void rolledBackUpdatesKeepTheirId() {
        String id = insert("Account", Map.of("Name", "a"));

        JsonNode json = client.patch(
                        PATH, records(true, account("\"id\":\"" + id + "\",\"Name\":\"c\""), account("\"Name\":\"c\"")))
                .json();

        assertThat(json.get(0).path("id").asText()).isEqualTo(id);
        assertThat(json.get(0).path("success").asBoolean()).isFalse();
        assertThat(EMULATOR.org().find("Account", id).orElseThrow()).containsEntry("Name", "a");
    }

    @Test
    void aRolledBackUpsertTellsWhatWouldHaveBeenCreated() {
        insert("Account", Map.of("Name", "a", "External_ID__c", "1"));

        JsonNode json = client.patch(
                        PATH + "/Account/External_ID__c",
                        records(
                                true,
                                account("\"External_ID__c\":\"1\",\"Name\":\"b\""),
                                account("\"External_ID__c\":\"2\",\"Name\":\"c\""),
                                account("\"External_ID__c\":\"3\"")))
                .json();

        assertThat(json.findValuesAsText("success")).containsOnly("false");
        assertThat(json.findValuesAsText("created")).containsExactly("false", "true", "true");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void upsertTellsWhatWasCreated() {
        String id = insert("Account", Map.of("Name", "a", "External_ID__c", "1"));

        JsonNode json = client.patch(
                        PATH + "/Account/External_ID__c",
                        records(
                                false,
                                account("\"External_ID__c\":\"1\",\"Name\":\"b\""),
                                account("\"External_ID__c\":\"2\",\"Name\":\"c\""),
                                account("\"Name\":\"d\"")))
                .json();

        assertThat(json.get(0).toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"success\":true,\"errors\":[],\"created\":false}");
        assertThat(json.get(1).path("created").asBoolean()).isTrue();
        assertThat(json.get(2).at("/errors/0/statusCode").asText()).isEqualTo("MISSING_ARGUMENT");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(2);
    }

    @Test
    void everyRowOfARepeatedKeyFails() {
        JsonNode json = client.patch(
                        PATH + "/Account/External_ID__c",
                        records(
                                false,
                                account("\"External_ID__c\":\"x\",\"Name\":\"a\""),
                                account("\"External_ID__c\":\"y\",\"Name\":\"b\""),
                                account("\"External_ID__c\":\"x\",\"Name\":\"c\"")))
                .json();

        assertThat(json.findValuesAsText("message"))
                .containsExactly("Duplicate external id specified: x", "Duplicate external id specified: x");
        assertThat(json.get(1).path("success").asBoolean()).isTrue();
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void aKeyOfSeveralRowsFails() {
        insert("Account", Map.of("Name", "a", "Non_Unique_Key__c", "k"));
        insert("Account", Map.of("Name", "b", "Non_Unique_Key__c", "k"));

        JsonNode json = client.patch(
                        PATH + "/Account/Non_Unique_Key__c",
                        records(false, account("\"Non_Unique_Key__c\":\"k\",\"Name\":\"c\"")))
                .json();

        assertThat(json.at("/0/errors/0/statusCode").asText()).isEqualTo("DUPLICATE_EXTERNAL_ID");
    }

    @Test
    void retrieveAnswersNullsInPlace() {
        String first = insert("Account", Map.of("Name", "a"));
        String second = insert("Account", Map.of("Name", "b"));

        JsonNode json = client.post(
                        PATH + "/Account",
                        "{\"ids\":[\"" + second + "\",\"001000000000001AAA\",\"x\",\"" + first
                                + "\"],\"fields\":[\"Name\"]}")
                .json();
        JsonNode byGet =
                client.get(PATH + "/Account?ids=" + second + ",x&fields=Name").json();

        assertThat(json).hasSize(4);
        assertThat(json.get(0).path("Name").asText()).isEqualTo("b");
        assertThat(json.get(1).isNull()).isTrue();
        assertThat(json.get(2).isNull()).isTrue();
        assertThat(json.get(3).path("Id").asText()).isEqualTo(first);
        assertThat(byGet.get(0)).isEqualTo(json.get(0));
        assertThat(byGet.get(1).isNull()).isTrue();
        assertError(
                client.post(PATH + "/Account", "{\"ids\":[\"" + first + "\"],\"fields\":[\"Nope\"]}"),
                400,
                "INVALID_FIELD");
    }

    @Test
    void deleteTakesMixedTypes() {
        String account = insert("Account", Map.of("Name", "a"));
        String contact = insert("Contact", Map.of("LastName", "a"));

        JsonNode json = client.delete(PATH + "?ids=" + account + "," + contact + "," + account.substring(0, 14)
                        + ",001000000000001AAA&allOrNone=false")
                .json();

        assertThat(json.get(0).toString()).isEqualTo("{\"id\":\"" + account + "\",\"success\":true,\"errors\":[]}");
        assertThat(json.get(1).path("success").asBoolean()).isTrue();
        assertThat(json.get(2).at("/errors/0/message").asText()).isEqualTo("malformed id " + account.substring(0, 14));
        assertThat(json.get(3).at("/errors/0/statusCode").asText()).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
        assertThat(EMULATOR.org().count("Account") + EMULATOR.org().count("Contact"))
                .isZero();
    }

    @Test
    void deleteAllOrNoneKeepsAll() {
        String account = insert("Account", Map.of("Name", "a"));

        JsonNode json = client.delete(PATH + "?ids=" + account + ",001000000000001AAA&allOrNone=true")
                .json();

        assertThat(json.get(0).at("/errors/0/statusCode").asText()).isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void moreThan200RecordsAreRefused() {
        String[] many =
                IntStream.range(0, 201).mapToObj(i -> account("\"Name\":\"a\"")).toArray(String[]::new);

        assertError(
                client.post(PATH, records(false, many)),
                400,
                "EXCEEDED_ID_LIMIT",
                "record limit reached. cannot submit more than 200 records into this call");
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void moreThanTenRunsOfATypeAreRefused() {
        String[] eleven = IntStream.range(0, 11)
                .mapToObj(i -> i % 2 == 0 ? account("\"Name\":\"a\"") : contact("\"LastName\":\"b\""))
                .toArray(String[]::new);

        assertThat(client.post(PATH, records(false, eleven)).status()).isEqualTo(400);
        assertThat(client.post(
                                PATH,
                                records(false, List.of(eleven).subList(0, 10).toArray(String[]::new)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void malformedBodiesAreRefusedAsAWhole() {
        assertError(client.post(PATH, "[]"), 400, "JSON_PARSER_ERROR");
        assertError(client.post(PATH, "{\"records\":[{\"Name\":\"a\"}]}"), 400, "INVALID_INPUT");
        assertError(client.post(PATH, "{\"nope\":1,\"records\":[]}"), 400, "JSON_PARSER_ERROR");
    }

    private static String records(boolean allOrNone, String... records) {
        return List.of(records).stream()
                .collect(Collectors.joining(",", "{\"allOrNone\":" + allOrNone + ",\"records\":[", "]}"));
    }

    private static String account(String fields) {
        return "{\"attributes\":{\"type\":\"Account\"}," + fields + "}";
    }

    private static String contact(String fields) {
        return "{\"attributes\":{\"type\":\"Contact\"}," + fields + "}";
    }

    private static String insert(String object, Map<String, ?> record) {
        return EMULATOR.org().insert(object, record);
    }
}
