package org.sftoolkit.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.SalesforceEmulator;

/** Runs the pages of the cookbook that save records. A test has its page's name. */
@Timeout(60)
class SavingRecipesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void upsertACsv() throws Exception {
        try (Recipe recipe = Recipe.of("upsert-a-csv")) {
            recipe.org().org().insert("Account", Recipe.account("ACME", "old"));
            recipe.write(
                    "inbox/accounts.csv",
                    "Name,External_ID__c,NumberOfEmployees\nAcme,ACME,10\nUmbrella,UMBR,\nStark,STRK,many\n");
            recipe.start();
            await().until(() -> recipe.files("inbox/.done").size() == 1);
            assertThat(recipe.org().org().all("Account"))
                    .extracting(row -> row.get("External_ID__c") + " " + row.get("Name"))
                    .containsExactlyInAnyOrder("ACME Acme", "UMBR Umbrella");
        }
    }

    @Test
    void updateExistingOnly() throws Exception {
        try (Recipe recipe = Recipe.of("update-existing-only").start()) {
            recipe.org().org().insert("Account", Recipe.account("ACME", "old"));
            Exchange done =
                    recipe.send("direct:prices", List.of(Recipe.account("ACME", "new"), Recipe.account("NONE", "x")));
            assertThat(done.getException()).isNull();
            assertThat(Recipe.names(recipe.org())).containsExactly("new");
            assertThat(done.getMessage().getBody(SaveResults.class).get(1).errors())
                    .extracting("statusCode")
                    .containsExactly("NOT_FOUND");
        }
    }

    @Test
    void saveOnlyChanges() throws Exception {
        try (Recipe recipe = Recipe.of("save-only-changes").start()) {
            recipe.org().org().insert("Account", Map.of("Name", "Acme", "Industry", "Energy"));
            recipe.org().org().insert("Account", Map.of("Name", "Umbrella", "Industry", "Retail"));
            Exchange done = recipe.send("direct:tidyUp", null);
            assertThat(done.getException()).isNull();
            assertThat(recipe.org().org().all("Account")).extracting("Industry").containsExactly("Utilities", "Retail");
            assertThat(done.getMessage().getBody(SaveResults.class))
                    .extracting("skipped")
                    .containsExactlyInAnyOrder(false, true);
        }
    }

    @Test
    void avoidRowLocks() throws Exception {
        try (Recipe recipe = Recipe.of("avoid-row-locks").start()) {
            SalesforceEmulator org = recipe.org();
            List<String> parents = List.of(
                    org.org().insert("Account", Map.of("Name", "A")), org.org().insert("Account", Map.of("Name", "B")));
            var contacts = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < 600; i++) {
                contacts.add(Map.of("LastName", "C" + i, "External_ID__c", "C" + i, "AccountId", parents.get(i % 2)));
            }
            org.faults().lockRows(1, "Contact", row -> row.get("LastName").equals("C7"));
            Exchange done = recipe.send("direct:contacts", contacts);
            assertThat(done.getMessage().getHeader("CamelSfToolkitSucceeded")).isEqualTo(600);
            assertThat(org.org().count("Contact")).isEqualTo(600);
        }
    }

    @Test
    void relateByExternalId() throws Exception {
        try (Recipe recipe = Recipe.of("relate-by-external-id").start()) {
            String acme = recipe.org().org().insert("Account", Recipe.account("ACME", "Acme"));
            String umbrella = recipe.org().org().insert("Account", Recipe.account("UMBR", "Umbrella"));
            assertThat(recipe.send("direct:orders", null).getException()).isNull();
            assertThat(recipe.org().org().all("Contact"))
                    .extracting(row -> row.get("LastName") + " " + row.get("AccountId"))
                    .containsExactly("Ripley " + acme, "Dallas " + umbrella, "Parker " + acme);
        }
    }

    @Test
    void retryFailedRecords() throws Exception {
        try (Recipe recipe =
                Recipe.of("retry-failed-records").set("again.pause", 10).start()) {
            // more locks than the component's own four tries bear
            recipe.org().faults().lockRows(5, "Contact", row -> row.get("LastName")
                    .equals("Ripley"));
            Exchange done = recipe.send(
                    "direct:contacts", List.of(Recipe.contact("C1", "Ripley"), Recipe.contact("C2", "Dallas")));
            assertThat(done.getMessage().getHeader("CamelSfToolkitFailed")).isEqualTo(0);
            assertThat(recipe.org().org().all("Contact"))
                    .extracting("LastName")
                    .containsExactlyInAnyOrder("Ripley", "Dallas");
        }
    }

    @Test
    void deadLetter() throws Exception {
        try (Recipe recipe = Recipe.of("dead-letter").start()) {
            Exchange done = recipe.send(
                    "direct:contacts", List.of(Recipe.contact("C1", "Ripley"), Map.of("External_ID__c", "C2")));
            assertThat(done.getException()).isNull();
            Path letter = recipe.files("dead-letters").get(0);
            String text = Files.readString(letter);
            assertThat(JSON.readTree(text).at("/errors/0/statusCode").asText()).isEqualTo("REQUIRED_FIELD_MISSING");
            recipe.write(
                    "mended/1.json",
                    text.replace("\"External_ID__c\"", "\"LastName\" : \"Dallas\", \"External_ID__c\""));
            await().until(() -> recipe.org().org().count("Contact") == 2);

            recipe.send("direct:contacts", Map.of("External_ID__c", "C3"));
            assertThat(recipe.files("dead-letters/whole")).hasSize(2);
            assertThat(JSON.readTree(recipe.files("dead-letters/whole").get(0).toFile()))
                    .isEqualTo(JSON.readTree("{\"External_ID__c\":\"C3\"}"));
            assertThat(recipe.files("dead-letters/whole").get(1))
                    .content()
                    .contains("REQUIRED_FIELD_MISSING", "LastName");
        }
    }

    @Test
    void bulkLoad() throws Exception {
        try (Recipe recipe = Recipe.of("bulk-load")) {
            recipe.write(
                    "inbox/accounts.csv",
                    "Name,External_ID__c,NumberOfEmployees\nAcme,ACME,10\nUmbrella,UMBR,many\nStark,STRK,900\n");
            recipe.start();
            await().until(() -> recipe.files("inbox/.done").size() == 1);
            assertThat(Recipe.names(recipe.org())).containsExactlyInAnyOrder("Acme", "Stark");
            Path refused = recipe.file("refused/accounts.ndjson");
            recipe.write("inbox/mended.ndjson", Files.readString(refused).replace("many", "5"));
            await().until(() -> recipe.files("inbox/.done").size() == 2);
            assertThat(Recipe.names(recipe.org())).containsExactlyInAnyOrder("Acme", "Stark", "Umbrella");
        }
    }

    @Test
    void compositeCall() throws Exception {
        try (Recipe recipe = Recipe.of("composite-call").start()) {
            Exchange done = recipe.send("direct:customer", Map.of("company", "\"Acme\", Inc", "lastName", "Ripley"));
            assertThat(done.getException()).isNull();
            Object account = recipe.org().org().all("Account").get(0).get("Id");
            assertThat(Recipe.names(recipe.org())).containsExactly("\"Acme\", Inc");
            assertThat(recipe.org().org().all("Contact"))
                    .extracting("AccountId")
                    .containsExactly(account);
            Exchange refused = recipe.send("direct:customer", Map.of("company", "x", "lastName", ""));
            assertThat(refused.getException()).isNull();
            assertThat(refused.getMessage()
                            .getBody(CompositeResults.class)
                            .get(0)
                            .errors())
                    .extracting("statusCode")
                    .containsExactly("PROCESSING_HALTED");
            assertThat(recipe.org().org().count("Account")).isEqualTo(1);
        }
    }
}
