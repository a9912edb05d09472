package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompositeApiTest {

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("token!1").start();
    private static final String ROLLED_BACK =
            "The transaction was rolled back since another operation in the same transaction failed.";
    private final Client client = new Client(EMULATOR.url(), "token!1");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void empty() {
        EMULATOR.org().clear();
    }

    private static String request(String method, String id, String path, String body) {
        return "{`method`:`%s`,`url`:`%s%s`,`referenceId`:`%s`%s}"
                .formatted(method, Client.DATA, path, id, body == null ? "" : ",`body`:" + body);
    }

    private Client.Reply composite(boolean allOrNone, String... requests) {
        return client.post(
                "/composite",
                ("{`allOrNone`:" + allOrNone + ",`compositeRequest`:[" + String.join(",", requests) + "]}")
                        .replace('`', '"'));
    }

    private JsonNode answers(boolean allOrNone, String... requests) {
        Client.Reply reply = composite(allOrNone, requests);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("compositeResponse")).hasSameSizeAs(requests);
        return reply.json().path("compositeResponse");
    }

    private static void assertRefused(Client.Reply reply, String code, String text) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/0/errorCode").asText()).isEqualTo(code);
        assertThat(reply.json().at("/0/message").asText()).contains(text);
    }

    @Test
    void bulkJobsAreRefusedByName() {
        JsonNode answers = answers(
                false,
                request("POST", "job", "/jobs/ingest", "{\"object\":\"Account\",\"operation\":\"insert\"}"),
                request("GET", "jobs", "/jobs/query", null));

        assertThat(answers.findValuesAsText("httpStatusCode")).containsOnly("400");
        assertThat(answers.at("/0/body/0/message").asText()).contains("Bulk jobs are not supported");
        assertThat(EMULATOR.bulk().jobs()).isEmpty();
    }

    @Test
    void laterRequestsTakeValuesFromEarlierAnswers() {
        int before = EMULATOR.usage().used();
        JsonNode answers = answers(
                false,
                request("POST", "acc", "/sobjects/Account", "{`Name`:`Acme & Sons`}"),
                request("POST", "con", "/sobjects/Contact", "{`LastName`:`Byron`,`AccountId`:`@{acc.id}`}"),
                request("GET", "read", "/sobjects/Account/@{acc.id}?fields=Name,NumberOfEmployees", null),
                request(
                        "GET",
                        "rows",
                        "/query?q=SELECT+Id+FROM+Contact+WHERE+Account.Name='@{read.Name}'".replace("'", "%27"),
                        null),
                request("PATCH", "patch", "/sobjects/Contact/@{rows.records[0].Id}", "{`Title`:`of @{read.Name}`}"));

        assertThat(EMULATOR.usage().used() - before).isEqualTo(1);
        String account = answers.at("/0/body/id").asText();
        assertThat(answers.get(0).toString())
                .isEqualTo("{\"body\":{\"id\":\"" + account + "\",\"success\":true,\"errors\":[]},\"httpHeaders\":{"
                        + "\"Location\":\"" + Client.DATA + "/sobjects/Account/" + account
                        + "\"},\"httpStatusCode\":201,\"referenceId\":\"acc\"}");
        assertThat(answers.at("/4/httpStatusCode").asInt()).isEqualTo(204);
        assertThat(answers.at("/4/body").isNull()).isTrue();
        assertThat(EMULATOR.org().all("Contact")).singleElement().satisfies(contact -> assertThat(contact)
                .containsEntry("AccountId", account)
                .containsEntry("Title", "of Acme & Sons"));
    }

    @Test
    void failureHaltsOnlyItsDependents() {
        JsonNode answers = answers(
                false,
                request("POST", "bad", "/sobjects/Contact", "{`FirstName`:`Ada`}"),
                request("POST", "child", "/sobjects/Case", "{`Subject`:`x`,`ContactId`:`@{bad.id}`}"),
                request("POST", "free", "/sobjects/Account", "{`Name`:`Acme`}"));

        assertThat(answers.at("/0/httpStatusCode").asInt()).isEqualTo(400);
        assertThat(answers.at("/0/body/0/errorCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(answers.at("/1/httpStatusCode").asInt()).isEqualTo(400);
        assertThat(answers.at("/1/body/0/errorCode").asText()).isEqualTo("PROCESSING_HALTED");
        assertThat(answers.at("/1/body/0/message").asText())
                .startsWith("Invalid reference specified. No value for bad.id found in bad");
        assertThat(answers.at("/2/httpStatusCode").asInt()).isEqualTo(201);
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void allOrNoneUndoesEverythingAndNamesTheCulprit() {
        String id = EMULATOR.org().insert("Account", Map.of("Name", "before"));
        JsonNode answers = answers(
                true,
                request("PATCH", "first", "/sobjects/Account/" + id, "{`Name`:`after`}"),
                request("POST", "second", "/sobjects/Account", "{`Name`:`new`}"),
                request("POST", "bad", "/sobjects/Contact", "{`FirstName`:`Ada`}"),
                request("POST", "last", "/sobjects/Account", "{`Name`:`never`}"));

        assertThat(answers.at("/2/body/0/errorCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
        for (int other : new int[] {0, 1, 3}) {
            assertThat(answers.get(other).path("httpStatusCode").asInt()).isEqualTo(400);
            assertThat(answers.get(other).at("/body/0/errorCode").asText()).isEqualTo("PROCESSING_HALTED");
            assertThat(answers.get(other).at("/body/0/message").asText()).isEqualTo(ROLLED_BACK);
        }
        assertThat(EMULATOR.org().all("Account")).singleElement().satisfies(account -> assertThat(account)
                .containsEntry("Name", "before"));
    }

    @Test
    void allOrNoneReachesIntoCollections() {
        JsonNode answers = answers(
                true,
                request("POST", "one", "/sobjects/Account", "{`Name`:`one`}"),
                request(
                        "POST",
                        "many",
                        "/composite/sobjects",
                        "{`records`:[{`attributes`:{`type`:`Account`},`Name`:`a`},{`attributes`:{`type`:`Account`}}]}"));

        assertThat(answers.at("/0/body/0/errorCode").asText()).isEqualTo("PROCESSING_HALTED");
        assertThat(answers.at("/1/body/1/success").asBoolean()).isFalse();
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void statementsOverTheUriLimitFitIntoAComposite() {
        EMULATOR.org().insert("Account", Map.of("Name", "Acme"));
        String names =
                IntStream.range(0, 4_000).mapToObj(i -> "%27name" + i + "%27").collect(Collectors.joining(","));
        JsonNode answers = answers(
                false,
                request(
                        "GET",
                        "q",
                        "/query?q=SELECT+Name+FROM+Account+WHERE+Name+IN+(%27Acme%27," + names + ")",
                        null));
        assertThat(answers.at("/0/body/records/0/Name").asText()).isEqualTo("Acme");
    }

    @Test
    void malformedRequestsAreRefusedAsAWhole() {
        String plain = request("GET", "a", "/limits", null);
        assertRefused(composite(false, plain, plain), "JSON_PARSER_ERROR", "more than once");
        assertRefused(
                composite(false, request("GET", "a-b", "/limits", null)),
                "JSON_PARSER_ERROR",
                "Illegal referenceId: 'a-b'");
        assertRefused(
                composite(false, plain.replace("`referenceId`:`a`", "`x`:1")),
                "JSON_PARSER_ERROR",
                "needs a 'referenceId'");
        assertRefused(
                composite(false, plain.replace("}", ",`httpHeaders`:{`Authorization`:`x`}}")),
                "JSON_PARSER_ERROR",
                "'Authorization' is not allowed");
        assertRefused(client.post("/composite", "{}"), "JSON_PARSER_ERROR", "must be an array");
        assertRefused(
                composite(
                        false,
                        IntStream.range(0, 26)
                                .mapToObj(i -> request("GET", "r" + i, "/limits", null))
                                .toArray(String[]::new)),
                "LIMIT_EXCEEDED",
                "at most 25 subrequests");
        assertRefused(
                composite(
                        false,
                        IntStream.range(0, 6)
                                .mapToObj(i -> request("GET", "r" + i, "/query?q=SELECT+Id+FROM+Account", null))
                                .toArray(String[]::new)),
                "LIMIT_EXCEEDED",
                "at most 5");
    }

    @Test
    void compositesDoNotNest() {
        JsonNode answers = answers(false, request("POST", "a", "/composite", "{`compositeRequest`:[]}"));
        assertThat(answers.at("/0/httpStatusCode").asInt()).isEqualTo(404);
    }

    @Test
    void resourcesBeneathAreListed() {
        assertThat(client.get("/composite").json().fieldNames())
                .toIterable()
                .containsExactly("tree", "batch", "sobjects", "graph");
        assertThat(client.get("").json().path("composite").asText()).isEqualTo(Client.DATA + "/composite");
    }
}
