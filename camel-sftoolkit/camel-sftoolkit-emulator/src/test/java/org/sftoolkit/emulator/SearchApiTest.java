package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SearchApiTest {

    private static final SalesforceEmulator EMULATOR =
            SalesforceEmulator.builder().accessToken("token!1").start();
    private static String acme;
    private final Client client = new Client(EMULATOR.url(), "token!1");

    @BeforeAll
    static void fill() {
        acme = EMULATOR.org().insert("Account", Map.of("Name", "Acme"));
        EMULATOR.org().insert("Account", Map.of("Name", "Acme O'Neil"));
        EMULATOR.org().insert("Contact", Map.of("LastName", "Acme"));
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    private Client.Reply search(String sosl) {
        return client.get("/search?q=" + URLEncoder.encode(sosl, StandardCharsets.UTF_8));
    }

    private static void assertError(Client.Reply reply, int status, String code, String text) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().at("/0/errorCode").asText()).isEqualTo(code);
        assertThat(reply.json().at("/0/message").asText()).contains(text);
    }

    @Test
    void searchAnswersRecordsInAnObject() {
        assertThat(search("FIND {Acme} IN ALL FIELDS RETURNING Account(Name WHERE Name = 'Acme')")
                        .body())
                .isEqualTo("{\"searchRecords\":[{\"attributes\":{\"type\":\"Account\",\"url\":\"" + Client.DATA
                        + "/sobjects/Account/" + acme + "\"},\"Name\":\"Acme\"}]}");
    }

    @Test
    void olderReleasesAnswerABareArray() {
        assertThat(client.get("/services/data/v36.0/search?q=FIND+%7BAcme%7D").json())
                .hasSize(3)
                .allMatch(record -> record.has("Id"));
    }

    @Test
    void termWithoutBracesIsRefused() {
        assertError(
                search("FIND Acme"),
                400,
                "MALFORMED_SEARCH",
                "No search term found. The search term must be enclosed in braces.");
        assertError(client.get("/search"), 400, "MALFORMED_SEARCH", "");
        assertError(search("FIND {Acme} RETURNING Account(Nope)"), 400, "INVALID_FIELD", "No such column 'Nope'");
    }

    @Test
    void parametersSayWhatToReturn() {
        assertThat(client.get("/parameterizedSearch?q=Acme&sobject=Account&Account.fields=id,name&Account.limit=1"
                                + "&sobject=Contact")
                        .json()
                        .path("searchRecords"))
                .hasSize(2)
                .satisfiesExactly(
                        account -> assertThat(account.path("Name").asText()).isEqualTo("Acme"),
                        contact -> assertThat(contact.fieldNames()).toIterable().containsExactly("attributes", "Id"));
        assertThat(client.get("/parameterizedSearch?q=O%27Neil").json().path("searchRecords"))
                .hasSize(1);
        assertThat(client.get("/parameterizedSearch?q=Acme&overallLimit=2")
                        .json()
                        .path("searchRecords"))
                .hasSize(2);
        assertThat(client.get("/parameterizedSearch?q=Acme&in=EMAIL").json().path("searchRecords"))
                .isEmpty();
    }

    @Test
    void bodySaysWhatToReturn() {
        assertThat(client.post(
                                "/parameterizedSearch",
                                "{\"q\":\"Acme\",\"fields\":[\"Id\"],\"in\":\"NAME\",\"overallLimit\":100,\"defaultLimit\":10,"
                                        + "\"sobjects\":[{\"name\":\"Account\",\"fields\":[\"Name\"],\"limit\":20,"
                                        + "\"where\":\"Name LIKE '%Neil'\"},{\"name\":\"Contact\"}]}")
                        .json()
                        .path("searchRecords"))
                .satisfiesExactly(
                        account -> assertThat(account.path("Name").asText()).isEqualTo("Acme O'Neil"),
                        contact -> assertThat(contact.has("Id")).isTrue());
    }

    @Test
    void unsupportedParametersAreRefusedByName() {
        assertError(
                client.get("/parameterizedSearch?q=Acme&metadata=LABELS"),
                501,
                "NOT_IMPLEMENTED",
                "parameter 'metadata'");
        assertError(
                client.post("/parameterizedSearch", "{\"q\":\"Acme\",\"snippet\":5}"),
                501,
                "NOT_IMPLEMENTED",
                "parameter 'snippet'");
        assertError(client.post("/parameterizedSearch", "{}"), 400, "MALFORMED_SEARCH", "has to be specified");
    }
}
