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
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.emulator.DrivenClock;

/** Runs the pages of the cookbook that read: queries, pollers, extracts, files. A test has its page's name. */
@Timeout(60)
class ReadingRecipesIT {

    private static final ObjectMapper JSON = new ObjectMapper();

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
            assertThat(recipe.send("direct:export-csv", null).getException()).isNull();
            List<String> rows = Files.readAllLines(recipe.file("export/accounts.csv"));
            assertThat(rows).hasSize(31).startsWith("Id,Name,Owner.Name,Industry");
            assertThat(rows.get(30)).matches("001\\w{15},A29,[^,]+,");
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
    void uploadAndLink() throws Exception {
        try (Recipe recipe = Recipe.of("upload-and-link")) {
            String acme = recipe.org().org().insert("Account", Recipe.account("ACME", "Acme"));
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
            String acme = recipe.org().org().insert("Account", Recipe.account("ACME", "Acme"));
            for (String name : List.of("a.txt", "b.txt")) {
                recipe.send("sftoolkit:upload?linkTo=" + acme, "text of " + name, Map.of("CamelFileName", name));
            }
            Exchange done = recipe.send("direct:download", null, Map.of("accountId", acme));
            assertThat(done.getException()).isNull();
            assertThat(recipe.file("downloads/" + acme + "/a.txt")).hasContent("text of a.txt");
            assertThat(recipe.file("downloads/" + acme + "/b.txt")).hasContent("text of b.txt");
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
}
