package org.sftoolkit.examples.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.camel.model.CompositeResults;
import org.sftoolkit.camel.model.SaveResults;
import org.sftoolkit.emulator.DrivenClock;
import org.sftoolkit.emulator.SalesforceEmulator;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** Runs the routes of each page of the cookbook. A test has its page's name. */
@Timeout(60)
class CookbookIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyPageWithRoutesIsRun() throws Exception {
        List<String> tests = Arrays.stream(CookbookIT.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
        var pages = new ArrayList<String>();
        try (var files = Files.list(Recipe.PAGES)) {
            for (Path file : files.toList()) {
                String page = file.getFileName().toString().replace(".md", "");
                if (!Recipe.blocks(page, "yaml").isEmpty()) {
                    pages.add(page);
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(15);
        assertThat(tests).containsAll(pages);
    }

    @Test
    void upsertACsv() throws Exception {
        try (Recipe recipe = Recipe.of("upsert-a-csv")) {
            recipe.org().org().insert("Account", account("ACME", "old"));
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
            recipe.org().org().insert("Account", account("ACME", "old"));
            Exchange done = recipe.send("direct:prices", List.of(account("ACME", "new"), account("NONE", "x")));
            assertThat(done.getException()).isNull();
            assertThat(names(recipe.org())).containsExactly("new");
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
            String acme = recipe.org().org().insert("Account", account("ACME", "Acme"));
            String umbrella = recipe.org().org().insert("Account", account("UMBR", "Umbrella"));
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
            Exchange done = recipe.send("direct:contacts", List.of(contact("C1", "Ripley"), contact("C2", "Dallas")));
            assertThat(done.getMessage().getHeader("CamelSfToolkitFailed")).isEqualTo(0);
            assertThat(recipe.org().org().all("Contact"))
                    .extracting("LastName")
                    .containsExactlyInAnyOrder("Ripley", "Dallas");
        }
    }

    @Test
    void deadLetter() throws Exception {
        try (Recipe recipe = Recipe.of("dead-letter").start()) {
            Exchange done =
                    recipe.send("direct:contacts", List.of(contact("C1", "Ripley"), Map.of("External_ID__c", "C2")));
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
    void queryToAFile() throws Exception {
        try (Recipe recipe =
                Recipe.of("query-to-a-file", settings -> settings.pageSize(7)).start()) {
            for (int i = 0; i < 30; i++) {
                recipe.org().org().insert("Account", Map.of("Name", "A" + i));
            }
            assertThat(recipe.send("direct:export", null).getException()).isNull();
            List<String> lines = Files.readAllLines(recipe.file("export/accounts.ndjson"));
            assertThat(lines).hasSize(30);
            assertThat(JSON.readTree(lines.get(29)).path("Name").asText()).isEqualTo("A29");
        }
    }

    @Test
    void queryWithValues() throws Exception {
        try (Recipe recipe = Recipe.of("query-with-values").start()) {
            recipe.org()
                    .org()
                    .insert("Account", Map.of("Name", "Acme", "Industry", "Energy", "NumberOfEmployees", 120));
            recipe.org().org().insert("Account", Map.of("Name", "Ajax", "Industry", "Energy", "NumberOfEmployees", 3));
            Exchange found =
                    recipe.send("direct:find", null, Map.of("industry", "Energy", "begin", "A", "atLeast", 100));
            assertThat((List<?>) found.getMessage().getBody())
                    .extracting("Name")
                    .containsExactly("Acme");
            Exchange hostile =
                    recipe.send("direct:find", null, Map.of("industry", "x' OR Name != '", "begin", "%", "atLeast", 0));
            assertThat((List<?>) hostile.getMessage().getBody()).isEmpty();
        }
    }

    @Test
    void pollChanges() throws Exception {
        try (Recipe recipe = Recipe.of("poll-changes")) {
            Instant before = Instant.now().minus(Duration.ofMinutes(1));
            String acme = recipe.org()
                    .org()
                    .insert("Account", Map.of("Name", "Acme", "Industry", "Energy", "SystemModstamp", before));
            recipe.org().org().insert("Account", Map.of("Name", "x", "Industry", "Retail", "SystemModstamp", before));
            recipe.start();
            await().until(() -> recipe.files("accounts").size() == 1);
            assertThat(recipe.file("accounts/" + acme + ".json")).content().contains("Acme");
            await().untilAsserted(
                            () -> assertThat(recipe.file("data/watermarks")).isNotEmptyFile());
        }
    }

    @Test
    void syncDeletes() throws Exception {
        var clock = new DrivenClock(Instant.parse("2026-03-01T12:00:00Z"));
        try (Recipe recipe = Recipe.of("sync-deletes", settings -> settings.clock(clock))) {
            String url = "jdbc:h2:mem:mirror;DB_CLOSE_DELAY=-1";
            var mirror = new org.h2.jdbcx.JdbcDataSource();
            mirror.setURL(url);
            mirror.setUser("sa");
            try (var connection = mirror.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create table account (id varchar primary key, name varchar)");
                String gone = recipe.org().org().insert("Account", Map.of("Name", "gone"));
                recipe.org().org().insert("Account", Map.of("Name", "kept"));
                statement.execute("insert into account values ('" + gone + "', 'gone')");
                clock.advance(Duration.ofMinutes(1));
                recipe.set("mirror.url", url).start();
                await().until(() -> names(statement).equals(List.of("gone", "kept")));
                clock.advance(Duration.ofMinutes(2));
                recipe.org().org().delete("Account", gone);
                clock.advance(Duration.ofMinutes(3));
                recipe.context().getRouteController().stopRoute("sync-deletes");
                recipe.context().getRouteController().startRoute("sync-deletes");
                await().until(() -> names(statement).equals(List.of("kept")));
            }
        }
    }

    private static List<String> names(java.sql.Statement statement) throws java.sql.SQLException {
        var names = new ArrayList<String>();
        try (var rows = statement.executeQuery("select name from account order by name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Test
    void nightlyExtract() throws Exception {
        try (Recipe recipe = Recipe.of("nightly-extract").set("nightly.cron", "0/2 * * * * ?")) {
            recipe.org().org().insert("Account", Map.of("Name", "Stark, Potts & Co"));
            recipe.start();
            Path file = recipe.file("extract/accounts-" + LocalDate.now() + ".csv");
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
            assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("\"Stark, Potts & Co\"");
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
            assertThat(names(recipe.org())).containsExactlyInAnyOrder("Acme", "Stark");
            Path refused = recipe.file("refused/accounts.ndjson");
            recipe.write("inbox/mended.ndjson", Files.readString(refused).replace("many", "5"));
            await().until(() -> recipe.files("inbox/.done").size() == 2);
            assertThat(names(recipe.org())).containsExactlyInAnyOrder("Acme", "Stark", "Umbrella");
        }
    }

    @Test
    void uploadAndLink() throws Exception {
        try (Recipe recipe = Recipe.of("upload-and-link")) {
            String acme = recipe.org().org().insert("Account", account("ACME", "Acme"));
            recipe.write("contracts/ACME.txt", "a contract");
            recipe.start();
            await().until(() -> recipe.files("contracts/.done").size() == 1);
            assertThat(recipe.org().org().all("ContentDocumentLink"))
                    .extracting("LinkedEntityId")
                    .contains(acme);
            assertThat(recipe.org().org().all("ContentVersion"))
                    .extracting("PathOnClient")
                    .containsExactly("ACME.txt");
        }
    }

    @Test
    void downloadFiles() throws Exception {
        try (Recipe recipe = Recipe.of("download-files").start()) {
            String acme = recipe.org().org().insert("Account", account("ACME", "Acme"));
            for (String name : List.of("a.txt", "b.txt")) {
                recipe.send("sftoolkit:upload?linkTo=" + acme, "text of " + name, Map.of("CamelFileName", name));
            }
            Exchange done = recipe.send("direct:download", null, Map.of("accountId", acme));
            assertThat(done.getException()).isNull();
            assertThat(recipe.file("downloads/" + acme + "/a.txt")).hasContent("text of a.txt");
            assertThat(recipe.file("downloads/" + acme + "/b.txt")).hasContent("text of b.txt");
        }
    }

    @Test
    void severalOrgs() throws Exception {
        try (Recipe recipe = Recipe.of("several-orgs")) {
            recipe.set("camel.beans.europe.loginUrl", recipe.org().url())
                    .set("camel.beans.america.loginUrl", recipe.otherOrg().url());
            for (String bean : List.of("europe", "america")) {
                recipe.set("camel.beans." + bean + ".clientId", "emulator-client")
                        .set("camel.beans." + bean + ".clientSecret", "emulator-secret");
            }
            recipe.org().org().insert("Account", account("ACME", "Acme"));
            recipe.start();
            assertThat(recipe.send("direct:copy", null).getException()).isNull();
            assertThat(names(recipe.otherOrg())).containsExactly("Acme");
        }
    }

    @Test
    void apiBudget() throws Exception {
        try (Recipe recipe = Recipe.of("api-budget").start()) {
            for (int i = 0; i < 5; i++) {
                recipe.send("direct:contact", contact("C" + i, "Ripley"));
            }
            await().until(() -> recipe.org().org().count("Contact") == 5);
            assertThat(recipe.org().requests().count("PATCH composite/sobjects/Contact/External_ID__c"))
                    .isEqualTo(1);
            recipe.org().usage().setUsed(900_000);
            assertThat(recipe.send("sftoolkit:limits", null).getException()).isNull();
            assertThat(recipe.send("sftoolkit:limits", null).getException()).hasMessageContaining("apiBudget");
        }
    }

    @Test
    void reactToLimits() throws Exception {
        try (Recipe recipe = Recipe.of("react-to-limits")
                .set("limits.pause", 10)
                .set("limits.retryParkedAfter", 1000)
                .set("camel.component.sftoolkit.maxRetries", 0)
                .start()) {
            recipe.org()
                    .faults()
                    .next(2, FaultPlan.when("sobjects/*"), Fault.limitReached(Fault.Limit.CONCURRENT))
                    .next(1, FaultPlan.when("sobjects/*"), Fault.limitReached(Fault.Limit.DAILY));
            recipe.send("direct:contact", contact("C1", "Ripley"));
            assertThat(recipe.org().requests().count("PATCH sobjects/Contact/*"))
                    .isEqualTo(3);
            assertThat(recipe.org().org().count("Contact")).isZero();
            await().until(() -> recipe.org().org().count("Contact") == 1);
        }
    }

    @Test
    void compositeCall() throws Exception {
        try (Recipe recipe = Recipe.of("composite-call").start()) {
            Exchange done = recipe.send("direct:customer", Map.of("company", "\"Acme\", Inc", "lastName", "Ripley"));
            assertThat(done.getException()).isNull();
            Object account = recipe.org().org().all("Account").get(0).get("Id");
            assertThat(names(recipe.org())).containsExactly("\"Acme\", Inc");
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

    @Test
    void apexRest() throws Exception {
        try (Recipe recipe = Recipe.of("apex-rest").start()) {
            recipe.org()
                    .faults()
                    .next(FaultPlan.when("POST /services/apexrest/orders"), Fault.answer(201, "{\"number\":\"O-1\"}"));
            Exchange done = recipe.send("direct:order", Map.of("sku", "x", "quantity", 2));
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody()).isEqualTo(Map.of("number", "O-1"));
            assertThat(done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(201);
        }
    }

    @Test
    void watchInProduction() throws Exception {
        try (Recipe recipe = Recipe.of("watch-in-production")) {
            recipe.set("camel.management.port", 0).start();
            assertThat(recipe.context().getRouteController().getRouteStatus("watch-in-production"))
                    .hasToString("Started");
        }
    }

    private static Map<String, Object> account(String key, String name) {
        return Map.of("External_ID__c", key, "Name", name);
    }

    private static Map<String, Object> contact(String key, String lastName) {
        return Map.of("External_ID__c", key, "LastName", lastName);
    }

    private static List<Object> names(SalesforceEmulator org) {
        return org.org().all("Account").stream().map(row -> row.get("Name")).toList();
    }
}
