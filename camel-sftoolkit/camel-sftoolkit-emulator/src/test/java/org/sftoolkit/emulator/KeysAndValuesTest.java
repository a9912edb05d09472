package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.sftoolkit.emulator.Errors.assertError;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysAndValuesTest {

    private static final SalesforceEmulator EMULATOR = SalesforceEmulator.builder()
            .accessToken("token!1")
            .field("Account", CustomField.number("Number__c", 18, 0).externalId())
            .field(
                    "Account",
                    """
                    {"name":"Key__c","label":"Key","type":"string","length":20,"externalId":true,"createable":true,\
                    "updateable":true,"nillable":true,"custom":true}""")
            .start();
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
    void aNumberIsAKeyForEveryVerb() {
        assertThat(client.patch("/sobjects/Account/Number__c/42", "{\"Name\":\"a\"}")
                        .status())
                .isEqualTo(201);
        assertThat(client.get("/sobjects/Account/Number__c/42.0")
                        .json()
                        .path("Name")
                        .asText())
                .isEqualTo("a");
        assertThat(client.get("/sobjects/Account/Number__c/forty-two").status()).isEqualTo(404);
        assertThat(client.delete("/sobjects/Account/Number__c/42").status()).isEqualTo(204);
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void aParentIsNamedByItsIdOrByAKeyAndNotByBoth() {
        String id = EMULATOR.org().insert("Account", Map.of("Name", "parent", "Key__c", "K"));
        String byId = "\"ParentId\":\"" + id + "\"";
        String byKey = "\"Parent\":{\"Key__c\":\"K\"}";
        for (String both : new String[] {byId + ',' + byKey, byKey + ',' + byId, byKey + ",\"ParentId\":null"}) {
            assertError(
                    client.post("/sobjects/Account", "{\"Name\":\"a\"," + both + "}"),
                    400,
                    "INVALID_FIELD",
                    "Cannot specify both an external ID reference Parent and a salesforce id, ParentId");
        }
        assertThat(client.post("/sobjects/Account", "{\"Name\":\"a\",\"Parent\":null," + byId + "}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aKeyOfSeveralRecordsFailsATransaction() {
        EMULATOR.org().insert("Account", Map.of("Name", "a", "Key__c", "K"));
        EMULATOR.org().insert("Account", Map.of("Name", "b", "Key__c", "K"));
        JsonNode answers = client.post(
                        "/composite",
                        ("{`allOrNone`:true,`compositeRequest`:["
                                        + "{`method`:`POST`,`url`:`" + Client.DATA
                                        + "/sobjects/Account`,`referenceId`:`one`,`body`:{`Name`:`c`}},"
                                        + "{`method`:`PATCH`,`url`:`" + Client.DATA
                                        + "/sobjects/Account/Key__c/K`,`referenceId`:`two`,`body`:{`Name`:`d`}}]}")
                                .replace('`', '"'))
                .json()
                .path("compositeResponse");
        assertThat(answers.at("/0/httpStatusCode").asInt()).isEqualTo(400);
        assertThat(answers.at("/1/httpStatusCode").asInt()).isEqualTo(300);
        assertThat(EMULATOR.org().count("Account")).isEqualTo(2);
    }

    @Test
    void aNumberBeyondAllRangesIsRefusedWithoutBeingWrittenOut() {
        for (String number : new String[] {"1e2147483647", "1e9999999", "-7e999999999"}) {
            Client.Reply reply = assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> client.post("/sobjects/Account", "{\"Name\":\"a\",\"AnnualRevenue\":" + number + "}"));
            assertError(
                    reply,
                    400,
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    "Annual Revenue: value outside of valid range on numeric field: "
                            + new java.math.BigDecimal(number));
        }
        assertThat(client.post("/sobjects/Account", "{\"Name\":\"a\",\"AnnualRevenue\":0e999999999}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatMustHaveAValueCannotBeEmptied() {
        String task = EMULATOR.org().insert("Task", Map.of("Subject", "call"));
        assertThat(client.patch("/sobjects/Task/" + task, "{\"Priority\":null}")
                        .json()
                        .at("/0/errorCode")
                        .asText())
                .isEqualTo("REQUIRED_FIELD_MISSING");
        assertThat(client.patch("/sobjects/Task/" + task, "{\"Subject\":\"write\"}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void anUpdateAsksOnlyForWhatItSends() {
        String user = EMULATOR.org().userId();
        assertThat(client.patch("/sobjects/User/" + user, "{\"LastName\":\"New\"}")
                        .status())
                .isEqualTo(204);
    }
}
