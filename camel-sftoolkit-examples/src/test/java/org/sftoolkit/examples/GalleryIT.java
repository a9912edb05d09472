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
import org.junit.jupiter.api.Test;

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
    void anUnknownExampleIsRefusedByName() {
        assertThatThrownBy(() -> RunExample.run("no-such-example")).hasMessageContaining("no such example");
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
