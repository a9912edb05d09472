package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.org.Schema;

/** What clients ask for to show records: recent rows, layouts, list views. */
class LayoutsAndListsTest {

    private final DrivenClock clock = new DrivenClock(Instant.parse("2026-03-01T10:00:00Z"));
    private final SalesforceEmulator emulator =
            SalesforceEmulator.builder().clock(clock).accessToken("t").start();
    private final Client client = new Client(emulator.url(), "t");

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void recentRowsComeNewestFirst() {
        insert("Account", "Name", "old");
        insert("Contact", "LastName", "new");

        JsonNode recent = client.get("/recent?limit=2").json();
        assertThat(recent).hasSize(2);
        assertThat(recent.findValuesAsText("type")).containsExactly("Contact", "Account");
        assertThat(recent.get(1).path("Name").asText()).isEqualTo("old");
        assertThat(client.get(recent.get(1).at("/attributes/url").asText()).status())
                .isEqualTo(200);
        assertThat(client.get("/sobjects/Account")
                        .json()
                        .at("/recentItems/0/Name")
                        .asText())
                .isEqualTo("old");
        assertError(client.get("/recent?limit=x"), 400, "INVALID_PARAMETER_VALUE");
    }

    @Test
    void aLayoutShowsTheFields() {
        JsonNode json = client.get("/sobjects/Account/describe/layouts").json();

        assertThat(json.at("/recordTypeMappings/0/name").asText()).isEqualTo("Master");
        JsonNode layout = json.at("/layouts/0");
        assertThat(json.at("/recordTypeMappings/0/layoutId")).isEqualTo(layout.path("id"));
        assertThat(layout.findValuesAsText("value")).contains("Name", "Industry");
        String one = json.at("/recordTypeMappings/0/urls/layout").asText();
        assertThat(client.get(one).json().path("id")).isEqualTo(layout.path("id"));
        assertError(client.get("/sobjects/Nope/describe/layouts"), 404, "NOT_FOUND");
    }

    @Test
    void theCompactLayoutIsTheSystems() {
        JsonNode json = client.get("/sobjects/Account/describe/compactLayouts").json();

        assertThat(json.at("/compactLayouts/0/name").asText()).isEqualTo("SYSTEM");
        assertThat(json.findValuesAsText("value")).contains("Name");
        assertThat(client.get("/compactLayouts?q=Account,Contact,Nope").json().fieldNames())
                .toIterable()
                .containsExactly("Account", "Contact");
    }

    @Test
    void theListViewOfAllRowsCanBeRead() {
        insert("Account", "Name", "a");
        insert("Account", "Name", "b");

        JsonNode views = client.get("/sobjects/Account/listviews").json();
        assertThat(views.path("size").asInt()).isEqualTo(1);
        JsonNode view = views.at("/listviews/0");
        assertThat(view.path("label").asText()).isEqualTo("All Accounts");
        assertThat(client.get(view.path("url").asText()).json()).isEqualTo(view);
        JsonNode described = client.get(view.path("describeUrl").asText()).json();
        assertThat(described.path("query").asText())
                .startsWith("SELECT Name, ")
                .endsWith("ORDER BY Id ASC NULLS FIRST");
        JsonNode results = client.get(view.path("resultsUrl").asText()).json();
        assertThat(results.at("/records/1/columns/0/value").asText()).isEqualTo("b");
        assertThat(results.path("done").asBoolean()).isTrue();
        assertError(client.get("/sobjects/Account/listviews/00B000000000000AAA"), 404, "NOT_FOUND");
    }

    @Test
    void theQueryOfAListViewRuns() {
        insert("Account", "Name", "a");
        for (String object : new String[] {"Account", "Contact", "Case", "User", "ContentVersion"}) {
            String id = client.get("/sobjects/" + object + "/listviews")
                    .json()
                    .at("/listviews/0/id")
                    .asText();
            String query = client.get("/sobjects/" + object + "/listviews/" + id + "/describe")
                    .json()
                    .path("query")
                    .asText();
            assertThat(client.get("/query?q=" + query.replace(" ", "+")).status())
                    .as(query)
                    .isEqualTo(200);
        }
    }

    @Test
    void aDescribeAsTheOfficialCliPrintsItIsASchema() {
        String describe =
                "{\"name\":\"Invoice__c\",\"keyPrefix\":\"a0I\",\"fields\":[{\"name\":\"Id\",\"type\":\"id\"}]}";
        Schema schema = Schema.empty().withObject("{\"status\":0,\"result\":" + describe + ",\"warnings\":[]}");

        assertThat(schema.object("Invoice__c")).isPresent();
        assertThat(schema.object("Invoice__c").orElseThrow().describe().has("status"))
                .isFalse();
    }

    private void insert(String object, String field, String value) {
        clock.advance(Duration.ofMinutes(1));
        emulator.org().insert(object, Map.of(field, value));
    }
}
