package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeApiTest {

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

    private Client.Reply tree(String records) {
        return client.post("/composite/tree/Account", ("{`records`:[" + records + "]}").replace('`', '"'));
    }

    private static String record(String type, String reference, String rest) {
        return "{`attributes`:{`type`:`" + type + "`,`referenceId`:`" + reference + "`}," + rest + "}";
    }

    private static void assertRefused(Client.Reply reply, String reference, String code, String text) {
        assertThat(reply.status()).isEqualTo(400);
        JsonNode json = reply.json();
        assertThat(json.path("hasErrors").asBoolean()).isTrue();
        assertThat(json.path("results")).hasSize(1);
        assertThat(json.at("/results/0/referenceId").asText(null)).isEqualTo(reference);
        assertThat(json.at("/results/0/errors/0/statusCode").asText()).isEqualTo(code);
        assertThat(json.at("/results/0/errors/0/message").asText()).contains(text);
    }

    @Test
    void recordsAreInsertedWithTheirChildren() {
        Client.Reply reply = tree(record(
                        "Account",
                        "ref1",
                        "`name`:`Acme`,`Contacts`:{`records`:["
                                + record(
                                        "Contact",
                                        "ref2",
                                        "`lastname`:`Byron`,`Cases`:{`records`:["
                                                + record("Case", "ref3", "`Subject`:`broken`") + "]}")
                                + "]}")
                + "," + record("Account", "ref4", "`name`:`Beta`"));

        assertThat(reply.status()).isEqualTo(201);
        JsonNode json = reply.json();
        assertThat(json.path("hasErrors").asBoolean()).isFalse();
        assertThat(json.path("results").findValuesAsText("referenceId"))
                .containsExactly("ref1", "ref2", "ref3", "ref4");
        String account = json.at("/results/0/id").asText();
        String contact = json.at("/results/1/id").asText();
        assertThat(EMULATOR.org().find("Contact", contact)).get().satisfies(row -> assertThat(row)
                .containsEntry("AccountId", account));
        assertThat(EMULATOR.org().all("Case")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("ContactId", contact));
    }

    @Test
    void oneBadRecordUndoesTheTreeAndAloneIsNamed() {
        Client.Reply reply = tree(record(
                        "Account",
                        "ref1",
                        "`Name`:`Acme`,`Contacts`:{`records`:["
                                + record("Contact", "ref2", "`LastName`:`Byron`,`Email`:`123`") + "]}")
                + "," + record("Account", "ref3", "`Name`:`Beta`"));
        assertRefused(reply, "ref2", "INVALID_EMAIL_ADDRESS", "Email: invalid email address: 123");
        assertThat(EMULATOR.org().count("Account")).isZero();
    }

    @Test
    void malformedTreesAreRefused() {
        assertRefused(tree("{`Name`:`x`}"), null, "INVALID_INPUT", "Include a reference ID");
        assertRefused(
                tree(record("Account", "r", "`Name`:`x`") + "," + record("Account", "r", "`Name`:`y`")),
                "r",
                "INVALID_INPUT",
                "Duplicate ReferenceId");
        assertRefused(tree(record("Contact", "r", "`LastName`:`x`")), "r", "INVALID_INPUT", "must be Account");
        String many = IntStream.range(0, 201)
                .mapToObj(i -> record("Account", "r" + i, "`Name`:`x`"))
                .collect(Collectors.joining(","));
        assertRefused(tree(many), "r200", "INVALID_INPUT", "at most 200 records");
        String deep = record("Account", "r6", "`Name`:`x`");
        for (int level = 5; level > 0; level--) {
            deep = record("Account", "r" + level, "`Name`:`x`,`ChildAccounts`:{`records`:[" + deep + "]}");
        }
        assertRefused(tree(deep), null, "INVALID_INPUT", "at most 5 levels");
        assertThat(client.post("/composite/tree/Nope", "{\"records\":[]}").status())
                .isEqualTo(404);
        assertThat(EMULATOR.org().count("Account")).isZero();
    }
}
