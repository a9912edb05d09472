package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.emulator.Errors.assertError;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsAndLimitsTest {

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("t").start();
    private final Client client = new Client(EMULATOR.url(), "t");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void versionsNeedNoSessionAndAreNotCounted() {
        int used = EMULATOR.usage().used();

        Client.Reply reply = new Client(EMULATOR.url(), null).get("/services/data/");

        JsonNode json = reply.json();
        assertThat(json.get(0).toString())
                .isEqualTo("{\"label\":\"Summer '14\",\"url\":\"/services/data/v31.0\",\"version\":\"31.0\"}");
        assertThat(json.get(62 - 31).path("label").asText()).isEqualTo("Winter '25");
        assertThat(json.get(json.size() - 1).toString())
                .isEqualTo("{\"label\":\"Summer '26\",\"url\":\"/services/data/v67.0\",\"version\":\"67.0\"}");
        assertThat(reply.header("Sforce-Limit-Info")).isNull();
        assertThat(EMULATOR.usage().used()).isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/services/data/v66.0", "/services/data/v66.0/", "/services/data/v31.0"})
    void aVersionListsItsResources(String path) {
        JsonNode json = client.get(path).json();

        assertThat(json.path("sobjects").asText()).endsWith(".0/sobjects");
        assertThat(json.path("limits").asText()).endsWith(".0/limits");
        assertThat(json.path("composite").asText()).endsWith(".0/composite");
        assertThat(json.path("identity").asText())
                .endsWith("/id/" + EMULATOR.org().organizationId() + "/"
                        + EMULATOR.org().userId());
    }

    @Test
    void retiredVersionsAreGoneAndFutureOnesUnknown() {
        assertError(client.get("/services/data/v30.0/limits"), 410, "GONE");
        assertError(
                client.get("/services/data/v68.0/limits"), 404, "NOT_FOUND", "The requested resource does not exist");
        assertError(client.get("/services/data/latest/limits"), 404, "NOT_FOUND");
        assertThat(client.get("/services/data/v40.0/limits").header("Warning")).startsWith("299 - \"");
        assertThat(client.get("/limits").header("Warning")).isNull();
    }

    @Test
    void unknownResourcesAnswer404AndUnsupportedOnesAreNamed() {
        assertError(client.get("/nope"), 404, "NOT_FOUND", "The requested resource does not exist");
        assertError(client.get("/nowhere/at/all/really/not"), 404, "NOT_FOUND");
        assertError(
                client.get("/tooling/sobjects"),
                501,
                "NOT_IMPLEMENTED",
                "The emulator does not support the resource 'tooling'");
        assertError(
                client.delete("/limits"),
                405,
                "METHOD_NOT_ALLOWED",
                "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET");
    }

    @Test
    void theToolingApiHasUsersAndNamesWhatItHasNot() {
        JsonNode users =
                client.get("/tooling/query?q=SELECT+Id,Username+FROM+User").json();
        assertThat(users.at("/records/0/Username").asText()).isEqualTo("user@example.com");
        assertThat(users.at("/records/0/attributes/url").asText()).contains("/tooling/sobjects/User/005");
        assertError(
                client.get("/tooling/query?q=SELECT+Id,(SELECT+Id+FROM+Users)+FROM+ApexClass"),
                400,
                "INVALID_TYPE",
                "sObject type 'ApexClass' is not supported. In the Tooling API the emulator has User, UserRole,"
                        + " Profile, Group, GroupMember, RecordType, Organization");
        assertError(client.get("/tooling/query"), 400, "MALFORMED_QUERY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actions/standard",
                "/analytics/reports",
                "/appMenu/AppSwitcher",
                "/chatter/users/me",
                "/connect/organization",
                "/graphql",
                "/knowledgeManagement/settings",
                "/process/approvals",
                "/quickActions",
                "/search/scopeOrder",
                "/search/layout?q=Account",
                "/search/suggestions?q=Acm&sobject=Account",
                "/tooling/executeAnonymous?anonymousBody=x",
                "/ui-api/records/001000000000001AAA",
                "/sobjects/Account/describe/approvalLayouts",
                "/sobjects/Account/quickActions",
                "/sobjects/Account/relevantItems",
                "/sobjects/User/005000000000001AAA/password",
                "/services/apexrest/mine",
                "/services/oauth2/authorize?response_type=code",
                "/services/oauth2/singleaccess",
                "/services/Soap/m/66.0"
            })
    void whatSalesforceHasAndTheEmulatorHasNotIsNamed(String path) {
        Client.Reply reply = client.get(path);
        assertError(reply, 501, "NOT_IMPLEMENTED");
        assertThat(reply.json().get(0).path("message").asText()).startsWith("The emulator does not support ");
    }

    @Test
    void limitsTellWhatIsLeft() {
        JsonNode json = client.get("/limits").json();

        assertThat(json.at("/DailyApiRequests/Max").asInt()).isEqualTo(1_000_000);
        assertThat(json.at("/DailyApiRequests/Remaining").asInt())
                .isEqualTo(1_000_000 - EMULATOR.usage().used());
        assertThat(json.has("DataStorageMB")).isTrue();
    }

    @Test
    void everyDataAnswerTellsTheUsageErrorsIncluded() {
        String before = client.get("/limits").header("Sforce-Limit-Info");
        String after = client.get("/sobjects/Nope").header("Sforce-Limit-Info");

        assertThat(before).matches("api-usage=\\d+/1000000");
        assertThat(used(after)).isEqualTo(used(before) + 1);
        assertThat(client.get("/services/data/v66.0/sobjects/").status()).isEqualTo(200);
    }

    @Test
    void anExceededDailyLimitIsRefused() {
        try (SalesforceEmulator small =
                SalesforceEmulator.builder().accessToken("t").dailyLimit(1).start()) {
            Client session = new Client(small.url(), "t");
            assertThat(session.get("/limits").header("Sforce-Limit-Info")).isEqualTo("api-usage=1/1");
            assertError(session.get("/limits"), 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
    }

    @Test
    void recordCountsDropUnknownObjects() {
        EMULATOR.org().insert("Account", Map.of("Name", "a"));

        assertThat(client.get("/limits/recordCount?sObjects=Account,Nope").body())
                .isEqualTo("{\"sObjects\":[{\"count\":1,\"name\":\"Account\"}]}");
        assertThat(client.get("/limits/recordCount").json().path("sObjects")).hasSizeGreaterThan(5);
    }

    @Test
    void describesAreThoseOfTheSchema() {
        JsonNode describe = client.get("/sobjects/account/describe").json();
        JsonNode basics = client.get("/sobjects/Account").json();
        JsonNode global = client.get("/sobjects").json();

        assertThat(describe.path("name").asText()).isEqualTo("Account");
        assertThat(describe.path("fields")).hasSizeGreaterThan(60);
        assertThat(describe.at("/urls/rowTemplate").asText()).isEqualTo(Client.DATA + "/sobjects/Account/{ID}");
        assertThat(basics.at("/objectDescribe/keyPrefix").asText()).isEqualTo("001");
        assertThat(basics.at("/objectDescribe").has("fields")).isFalse();
        assertThat(global.path("maxBatchSize").asInt()).isEqualTo(200);
        assertThat(global.path("sobjects").findValuesAsText("name")).contains("Account", "Contact", "Case", "User");
        assertError(client.get("/sobjects/Nope/describe"), 404, "NOT_FOUND", "The requested resource does not exist");
    }

    @Test
    void objectsAndFieldsCanBeAdded() {
        String thing =
                "{\"name\":\"Thing__c\",\"label\":\"Thing\",\"keyPrefix\":\"a00\",\"createable\":true,\"fields\":["
                        + "{\"name\":\"Id\",\"type\":\"id\",\"nillable\":false,\"defaultedOnCreate\":true},"
                        + "{\"name\":\"IsDeleted\",\"type\":\"boolean\"},"
                        + "{\"name\":\"Name\",\"type\":\"string\",\"length\":80,\"createable\":true,\"updateable\":true}]}";
        try (SalesforceEmulator emulator = SalesforceEmulator.builder()
                .accessToken("t")
                .schema(thing)
                .field(
                        "Account",
                        "{\"name\":\"Score__c\",\"type\":\"double\",\"precision\":5,\"scale\":2,\"createable\":true,"
                                + "\"updateable\":true,\"nillable\":true}")
                .start()) {
            Client session = new Client(emulator.url(), "t");
            assertThat(session.post("/sobjects/Thing__c", "{\"Name\":\"x\"}")
                            .json()
                            .path("id")
                            .asText())
                    .startsWith("a00");
            String id = session.post("/sobjects/Account", "{\"Name\":\"x\",\"Score__c\":1.005}")
                    .json()
                    .path("id")
                    .asText();
            assertThat(session.get("/sobjects/Account/" + id + "?fields=Score__c")
                            .body())
                    .contains("\"Score__c\":1.01,");
            assertError(
                    session.post("/sobjects/Account", "{\"Name\":\"x\",\"Score__c\":1000}"),
                    400,
                    "NUMBER_OUTSIDE_VALID_RANGE");
        }
    }

    private static int used(String limitInfo) {
        return Integer.parseInt(limitInfo.replaceAll("api-usage=(\\d+)/.*", "$1"));
    }
}
