package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchAndGraphApiTest {

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

    private Client.Reply post(String path, String json) {
        return client.post(path, json.replace('`', '"'));
    }

    private static void assertRefused(Client.Reply reply, String code, String text) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/0/errorCode").asText()).isEqualTo(code);
        assertThat(reply.json().at("/0/message").asText()).contains(text);
    }

    @Test
    void batchAnswersEachRequestByItself() {
        String id = EMULATOR.org().insert("Account", Map.of("Name", "Acme"));
        int before = EMULATOR.usage().used();

        JsonNode json = post(
                        "/composite/batch",
                        """
                        {`batchRequests`:[
                          {`method`:`PATCH`,`url`:`v66.0/sobjects/account/%1$s`,`richInput`:{`Name`:`New`}},
                          {`method`:`GET`,`url`:`/services/data/v65.0/sobjects/Account/%1$s?fields=Name`},
                          {`method`:`GET`,`url`:`v66.0/sobjects/Nope/1`},
                          {`method`:`GET`,`url`:`v67.0/limits`},
                          {`method`:`GET`,`url`:`v33.0/limits`},
                          {`method`:`GET`,`url`:`v66.0/query?q=SELECT+COUNT()+FROM+Account`}]}
                        """
                                .formatted(id))
                .json();

        assertThat(json.path("hasErrors").asBoolean()).isTrue();
        assertThat(json.at("/results/0").toString()).isEqualTo("{\"statusCode\":204,\"result\":null}");
        assertThat(json.at("/results/1/result/Name").asText()).isEqualTo("New");
        assertThat(json.at("/results/1/result/attributes/url").asText()).startsWith("/services/data/v65.0/");
        assertThat(json.at("/results/2/statusCode").asInt()).isEqualTo(404);
        assertThat(json.at("/results/2/result/0/errorCode").asText()).isEqualTo("NOT_FOUND");
        assertThat(json.at("/results/3/statusCode").asInt()).isEqualTo(400);
        assertThat(json.at("/results/4/statusCode").asInt()).isEqualTo(400);
        assertThat(json.at("/results/5/result/totalSize").asInt()).isEqualTo(1);
        assertThat(EMULATOR.usage().used() - before).isEqualTo(4);
    }

    @Test
    void aBatchThatCannotBeReadIsRefusedBeforeAnyOfItIsDone() {
        int before = EMULATOR.org().count("Account");
        String valid = "{`method`:`POST`,`url`:`v66.0/sobjects/Account`,`richInput`:{`Name`:`no`}}";
        assertRefused(
                post("/composite/batch", "{`batchRequests`:[" + valid + ",{`method`:`GET`}]}"),
                "JSON_PARSER_ERROR",
                "url");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(before);
    }

    @Test
    void haltedBatchLeavesTheRestUndone() {
        JsonNode json = post(
                        "/composite/batch",
                        """
                        {`haltOnError`:true,`batchRequests`:[
                          {`method`:`POST`,`url`:`v66.0/sobjects/Account`,`richInput`:{`Name`:`kept`}},
                          {`method`:`POST`,`url`:`v66.0/sobjects/Account`,`richInput`:{}},
                          {`method`:`POST`,`url`:`v66.0/sobjects/Account`,`richInput`:{`Name`:`never`}}]}
                        """)
                .json();

        assertThat(json.path("results").findValuesAsText("statusCode")).startsWith("201", "400");
        assertThat(json.at("/results/2/statusCode").asInt()).isEqualTo(412);
        assertThat(json.at("/results/2/result/0/errorCode").asText()).isEqualTo("BATCH_PROCESSING_HALTED");
        assertThat(EMULATOR.org().count("Account")).isEqualTo(1);
    }

    @Test
    void batchOfMoreThan25IsRefused() {
        String requests = IntStream.range(0, 26)
                .mapToObj(i -> "{`method`:`GET`,`url`:`v66.0/limits`}")
                .collect(Collectors.joining(","));
        assertRefused(post("/composite/batch", "{`batchRequests`:[" + requests + "]}"), "LIMIT_EXCEEDED", "at most 25");
        assertRefused(post("/composite/batch", "{}"), "JSON_PARSER_ERROR", "batchRequests");
    }

    private static String node(String id, String object, String body) {
        return "{`method`:`POST`,`url`:`/services/data/v66.0/sobjects/" + object + "`,`referenceId`:`" + id
                + "`,`body`:" + body + "}";
    }

    private static String graph(String id, String... nodes) {
        return "{`graphId`:`" + id + "`,`compositeRequest`:[" + String.join(",", nodes) + "]}";
    }

    private Client.Reply graphs(String... graphs) {
        return post("/composite/graph", "{`graphs`:[" + String.join(",", graphs) + "]}");
    }

    @Test
    void eachGraphIsAllOrNone() {
        Client.Reply reply = graphs(
                graph(
                        "good",
                        node("a", "Account", "{`Name`:`Acme`}"),
                        node("c", "Contact", "{`LastName`:`Byron`,`AccountId`:`@{a.id}`}")),
                graph("bad", node("a", "Account", "{`Name`:`Undone`}"), node("c", "Contact", "{`FirstName`:`Ada`}")));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode graphs = reply.json().path("graphs");
        assertThat(graphs.at("/0/graphId").asText()).isEqualTo("good");
        assertThat(graphs.at("/0/isSuccessful").asBoolean()).isTrue();
        assertThat(graphs.at("/0/graphResponse/compositeResponse/1/httpStatusCode")
                        .asInt())
                .isEqualTo(201);
        assertThat(graphs.at("/1/isSuccessful").asBoolean()).isFalse();
        assertThat(graphs.at("/1/graphResponse/compositeResponse/0/body/0/errorCode")
                        .asText())
                .isEqualTo("PROCESSING_HALTED");
        assertThat(graphs.at("/1/graphResponse/compositeResponse/1/body/0/errorCode")
                        .asText())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(EMULATOR.org().all("Account")).singleElement().satisfies(account -> assertThat(account)
                .containsEntry("Name", "Acme"));
        assertThat(EMULATOR.org().count("Contact")).isEqualTo(1);
    }

    @Test
    void moreThan14FailedGraphsHaltTheRest() {
        String[] graphs = IntStream.range(0, 17)
                .mapToObj(i -> graph("g" + i, node("n", "Account", i < 15 ? "{}" : "{`Name`:`late`}")))
                .toArray(String[]::new);
        JsonNode answers = graphs(graphs).json().path("graphs");
        assertThat(answers.at("/14/graphResponse/compositeResponse/0/body/0/errorCode")
                        .asText())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(answers.at("/15/graphResponse/compositeResponse/0/body/0/errorCode")
                        .asText())
                .isEqualTo("PROCESSING_HALTED");
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void malformedGraphsAreRefusedAsAWhole() {
        String node = node("n", "Account", "{`Name`:`x`}");
        assertRefused(graphs(graph("a.b", node)), "JSON_PARSER_ERROR", "graphId 'a.b'");
        assertRefused(graphs(graph("a", node), graph("a", node)), "JSON_PARSER_ERROR", "must be unique");
        assertRefused(graphs(graph("x".repeat(40), node)), "JSON_PARSER_ERROR", "shorter than 40");
        assertRefused(
                graphs(graph("a", node.replace("sobjects/Account", "query?q=x"))),
                "JSON_PARSER_ERROR",
                "sObject rows only");
        String[] many =
                IntStream.range(0, 76).mapToObj(i -> graph("g" + i, node)).toArray(String[]::new);
        assertRefused(graphs(many), "LIMIT_EXCEEDED", "at most 75 graphs");
        String[] chain = IntStream.range(0, 16)
                .mapToObj(i -> node("n" + i, "Account", i == 0 ? "{}" : "{`ParentId`:`@{n" + (i - 1) + ".id}`}"))
                .toArray(String[]::new);
        assertRefused(graphs(graph("deep", chain)), "LIMIT_EXCEEDED", "at most 15 levels");
        String[] wide = IntStream.range(0, 501)
                .mapToObj(i -> node("n" + i, "Account", "{}"))
                .toArray(String[]::new);
        assertRefused(graphs(graph("wide", wide)), "LIMIT_EXCEEDED", "at most 500 nodes");
        assertThat(EMULATOR.org().count("Account")).isZero();
    }
}
