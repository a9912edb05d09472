package org.sftoolkit.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.emulator.SalesforceEmulator;

/** Runs the pages of the cookbook about events. A test has its page's name. */
@Timeout(60)
class EventRecipesIT {

    @Test
    void reactToChanges() throws Exception {
        try (Recipe recipe = Recipe.of("react-to-changes")) {
            SalesforceEmulator org = recipe.org();
            String acme = org.org().insert("Account", Map.of("Name", "Acme", "Industry", "Retail"));
            org.org().update("Account", acme, Map.of("Name", "Acme & Co"));
            org.org().update("Account", acme, Map.of("Industry", "Energy"));
            recipe.start();
            await().until(() -> recipe.files("changes").size() == 1);
            assertThat(recipe.files("changes").get(0))
                    .hasFileName(acme + ".json")
                    .content()
                    .contains("Energy")
                    .doesNotContain("Acme");
            await().until(() -> Files.exists(recipe.file("data/positions")));
        }
    }

    @Test
    void publishAnOrder() throws Exception {
        try (Recipe recipe = Recipe.of("publish-an-order").start()) {
            Exchange done = recipe.send(
                    "direct:orders",
                    List.of(
                            Map.of("Order_Number__c", "O-1", "Amount__c", 12.5),
                            Map.of("Order_Number__c", "O-2", "Amount__c", "much"),
                            Map.of("Order_Number__c", "O-3")));
            assertThat(done.getException()).isNull();
            assertThat(recipe.org().events().list("/event/Order_Placed__e"))
                    .extracting(event -> event.fields().get("Order_Number__c"))
                    .containsExactly("O-1", "O-3");
            assertThat(recipe.files("refused"))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("O-2", "much"));
        }
    }

    @Test
    void replicateToAnotherOrg() throws Exception {
        try (Recipe recipe = Recipe.of("replicate-to-another-org")) {
            recipe.set("camel.beans.copy.loginUrl", recipe.otherOrg().url())
                    .set("camel.beans.copy.clientId", "emulator-client")
                    .set("camel.beans.copy.clientSecret", "emulator-secret");
            SalesforceEmulator org = recipe.org();
            String acme = org.org().insert("Account", Map.of("Name", "Acme", "Industry", "Retail", "Phone", "1"));
            String gone = org.org().insert("Account", Map.of("Name", "Umbrella"));
            recipe.start();
            await().until(() -> recipe.otherOrg().org().count("Account") == 2);
            var changes = new HashMap<String, Object>(Map.of("Name", "Acme & Co"));
            changes.put("Phone", null);
            org.org().update("Account", acme, changes);
            org.org().delete("Account", gone);
            await().until(() -> Recipe.names(recipe.otherOrg()).equals(List.of("Acme & Co")));
            assertThat(recipe.otherOrg().org().all("Account")).singleElement().satisfies(copy -> assertThat(copy)
                    .containsEntry("External_ID__c", acme)
                    .containsEntry("Industry", "Retail")
                    .containsEntry("Phone", null));
        }
    }
}
