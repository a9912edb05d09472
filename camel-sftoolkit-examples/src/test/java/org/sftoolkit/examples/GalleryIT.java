package org.sftoolkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sftoolkit.emulator.SalesforceEmulator;

@Timeout(120)
class GalleryIT {

    @Test
    void csvToSalesforceSavesEveryLineThatSalesforceTakes() throws Exception {
        RunExample.run("csv-to-salesforce", (org, other) -> {
            assertThat(org.org().all("Account"))
                    .extracting("External_ID__c")
                    .containsExactlyInAnyOrder("ACME", "UMBR", "STRK", "WAYN");
            assertThat(org.org().all("Account")).extracting("Name").contains("Stark, Potts & Co");
        });
    }

    @Test
    void databaseToSalesforceCarriesOnlyWhatChanged() throws Exception {
        RunExample.run("database-to-salesforce", (org, other) -> {
            assertThat(org.org().all("Account"))
                    .extracting(account -> account.get("External_ID__c") + ": " + account.get("NumberOfEmployees"))
                    .containsExactlyInAnyOrder("C1: 120", "C2: 4001");
            // both rows the first time, then the one that changed; the refused one comes again each time
            assertThat(org.requests().count("PATCH composite/sobjects/Account/External_ID__c"))
                    .isEqualTo(2);
        });
    }

    @Test
    void salesforceToFilesWritesOneFileARecord() throws Exception {
        Path folder = emptied("target/salesforce-to-files");
        RunExample.run("salesforce-to-files");
        assertThat(names(folder)).containsExactly("Roxxon.json", "Stark.json");
        JsonNode stark =
                new ObjectMapper().readTree(folder.resolve("Stark.json").toFile());
        assertThat(stark.path("NumberOfEmployees").asInt()).isEqualTo(900);
    }

    @Test
    void deadLettersHaveTheRecordAndTheReasons() throws Exception {
        Path folder = emptied("target/dead-letter");
        RunExample.run("dead-letter", (org, other) -> assertThat(org.org().all("Lead"))
                .extracting("LastName")
                .containsExactly("Ripley"));
        assertThat(names(folder)).containsExactly("1.json", "1.reasons", "2.json", "2.reasons");
        assertThat(Files.readString(folder.resolve("1.reasons"))).contains("REQUIRED_FIELD_MISSING", "Company");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("2.json").toFile())
                        .path("LastName")
                        .asText())
                .isEqualTo("Dallas");
    }

    @Test
    void uploadedFilesAreLinkedAndComeBackAsTheyWere() throws Exception {
        Path folder = emptied("target/file-upload");
        RunExample.run("file-upload", (org, other) -> {
            Object account = org.org().all("Account").get(0).get("Id");
            assertThat(org.org().all("ContentDocumentLink"))
                    .extracting("LinkedEntityId")
                    .contains(account);
        });
        assertThat(folder.resolve("contract.txt"))
                .hasSameTextualContentAs(Path.of("src/main/resources/file-upload/contract.txt"));
    }

    @Test
    void theNightlyExtractHoldsEveryRow() throws Exception {
        Path folder = emptied("target/nightly-extract");
        RunExample.run("nightly-extract");
        assertThat(Files.readAllLines(folder.resolve("accounts.csv")))
                .hasSize(5)
                .first()
                .asString()
                .contains("External_ID__c", "NumberOfEmployees");
        assertThat(Files.readString(folder.resolve("accounts.csv"))).contains("Stark, Potts & Co");
    }

    @Test
    void rowsThatFailedInBulkAreMendedAndLoadedAgain() throws Exception {
        Path folder = emptied("target/bulk-load");
        RunExample.run("bulk-load", (org, other) -> assertThat(org.org().all("Account"))
                .extracting(account -> account.get("External_ID__c") + ": " + account.get("NumberOfEmployees"))
                .containsExactlyInAnyOrder("ACME: 120", "STRK: 900", "UMBR: 4000"));
        assertThat(Files.readAllLines(folder.resolve("refused.txt")))
                .singleElement()
                .asString()
                .startsWith("MANY: ");
    }

    @Test
    void whatComesByWebhookIsDataAndNothingElse() throws Exception {
        RunExample.run("webhook-to-upsert", (org, other) -> {
            assertThat(org.org().all("Contact"))
                    .extracting("External_ID__c")
                    .containsExactlyInAnyOrder("ripley", "mallory");
            Object acme = org.org().all("Account").stream()
                    .filter(account -> account.get("Name").equals("Acme"))
                    .findFirst()
                    .orElseThrow()
                    .get("Id");
            assertThat(contact(org, "ripley")).containsEntry("AccountId", acme);
            assertThat(contact(org, "mallory").get("AccountId")).isNull();
            assertThat(contact(org, "mallory").get("Description")).isNull();
        });
    }

    @Test
    void twoOrgsBecomeEqualAndChangesDoNotEcho() throws Exception {
        RunExample.run("two-way-sync", (org, other) -> {
            assertThat(accounts(org)).containsExactlyInAnyOrder("ACME Acme Energy", "UMBR Umbrella null");
            assertThat(accounts(other)).isEqualTo(accounts(org));
            // to each org: its own record or change from the example, and what came from the other one
            assertThat(writes(org)).hasSize(3);
            assertThat(writes(other)).hasSize(3);
        });
    }

    private static List<String> accounts(SalesforceEmulator org) {
        return org.org().all("Account").stream()
                .map(account ->
                        account.get("External_ID__c") + " " + account.get("Name") + " " + account.get("Industry"))
                .sorted()
                .toList();
    }

    private static List<String> writes(SalesforceEmulator org) {
        return org.requests().list().stream()
                .filter(request -> request.method().matches("POST|PATCH"))
                .map(request -> request.method() + " " + request.path())
                .filter(line -> line.contains("/sobjects/Account"))
                .toList();
    }

    @Test
    void onePollerOfTheClusterDeliversEachRecordOnce() throws Exception {
        Path folder = emptied("target/clustered-poller");
        RunExample.run("clustered-poller");
        assertThat(Files.readAllLines(folder.resolve("names.txt"))).containsExactlyInAnyOrder("Acme", "Umbrella");
        assertThat(folder.resolve("watermarks")).isNotEmptyFile();
    }

    private static Map<String, Object> contact(SalesforceEmulator org, String key) {
        return org.org().all("Contact").stream()
                .filter(contact -> contact.get("External_ID__c").equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyExampleStandsOnThePageAndHasRoutes() throws Exception {
        String page = Files.readString(Path.of("../docs/examples.md"));
        try (var folders = Files.list(Path.of("src/main/resources"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .filter(name -> !name.equals("invoices")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(name -> assertThat(page).contains("| [" + name + "]("));
        }
    }

    @Test
    void anUnknownExampleIsRefusedByNameWithThoseThatThereAre() {
        assertThatThrownBy(() -> RunExample.run("no-such-example"))
                .hasMessageContaining("there is no example 'no-such-example'")
                .hasMessageContaining("bulk-load, clustered-poller, companies, csv-to-salesforce")
                .hasMessageNotContaining("invoices");
    }

    private static Path emptied(String name) throws IOException {
        Path folder = Path.of(name);
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return folder;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
