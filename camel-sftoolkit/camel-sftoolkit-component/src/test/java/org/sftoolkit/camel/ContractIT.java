package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;

/** The promises to route authors, kept by routes in YAML. */
class ContractIT extends RouteTestSupport {

    @BeforeEach
    void loadRoutes() throws Exception {
        try (var routes = getClass().getResourceAsStream("/contract/records.camel.yaml")) {
            yaml(new String(routes.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Object> account(String name, String key) {
        return new LinkedHashMap<>(Map.of("Name", name, "External_ID__c", key));
    }

    @Test
    void aListIsUpsertedInOrderAndASecondTimeCreatesNothing() {
        var list = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 250; i++) {
            list.add(account("Company " + i, "K" + i));
        }
        Exchange first = send("direct:upsert", list);
        assertThat(first.getMessage().getBody(SaveResults.class)).hasSize(250).allMatch(SaveResult::created);
        assertThat(first.getMessage().getHeader("CamelSfToolkitSucceeded")).isEqualTo(250);
        assertThat(first.getMessage().getHeader("CamelSfToolkitRequests")).isEqualTo(3);
        Exchange second = send("direct:upsert", list);
        assertThat(second.getMessage().getBody(SaveResults.class)).noneMatch(SaveResult::created);
        assertThat(emulator.org().count("Account")).isEqualTo(250);
    }

    @Test
    void jsonGoesInAndComesOut() throws Exception {
        String json = body("direct:insert-json", "{\"Name\":\"Acme\"}", String.class);
        JsonNode record = new ObjectMapper().readTree(json);
        assertThat(record.path("Name").asText()).isEqualTo("Acme");
        assertThat(record.path("CreatedDate").asText()).endsWith("+0000");
    }

    @Test
    void missingKeysAreSkippedWhenAsked() {
        body("direct:upsert", List.of(account("A", "K1"), account("B", "K2")), SaveResults.class);
        List<?> found = body("direct:fetch-by-key", List.of("K2", "none", "K1"), List.class);
        assertThat(found).extracting(record -> ((SObject) record).get("Name")).containsExactly("B", "A");
    }

    @Test
    void onlyTheChangedFieldIsSent() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme", "Phone", "1"));
        SaveResult result = body("direct:change", id, SaveResult.class);
        assertThat(result.success()).isTrue();
        assertThat(emulator.org().find("Account", id).orElseThrow()).containsEntry("Phone", "555");
    }

    @Test
    void errorsAreCaughtByTypeAndSayWhetherToTryAgain() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        assertThat(body("direct:remove", id, String.class)).isEqualTo("gone");
        assertThat(body("direct:remove", id, String.class)).isEqualTo("was gone: 404 false");
    }

    @Test
    void boundValuesStayValues() {
        emulator.org().insert("Account", Map.of("Name", "O'Reilly' OR Name != '"));
        emulator.org().insert("Account", Map.of("Name", "By phone", "Phone", "2"));
        emulator.org().insert("Account", Map.of("Name", "Other", "Phone", "3"));
        List<?> rows = body(
                "direct:query-bound",
                Map.of("name", "O'Reilly' OR Name != '", "phones", List.of("1", "2")),
                List.class);
        assertThat(rows)
                .extracting(row -> ((SObject) row).get("Name"))
                .containsExactly("By phone", "O'Reilly' OR Name != '");
    }

    @Test
    void aStreamIsSplitRowByRow() throws Exception {
        for (int i = 0; i < 2500; i++) {
            emulator.org().insert("Account", Map.of("Name", "50%_" + i));
        }
        emulator.org().insert("Account", Map.of("Name", "50 others"));
        MockEndpoint rows = getMockEndpoint("mock:row");
        rows.expectedMessageCount(2500);
        send("direct:query-stream", Map.of("prefix", "50%_"));
        rows.assertIsSatisfied();
    }

    @Test
    void countIsANumber() {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        assertThat(body("direct:count", "ignored", Object.class)).isEqualTo(1L);
    }

    @Test
    void failedRecordsAreReadyToBeSentAgain() {
        var list = List.of(
                new LinkedHashMap<String, Object>(Map.of("Name", "Good")),
                new LinkedHashMap<String, Object>(Map.of("Phone", "1")));
        SaveResults again = body("direct:failed-again", list, SaveResults.class);
        assertThat(again).hasSize(1).allMatch(SaveResult::success);
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }
}
