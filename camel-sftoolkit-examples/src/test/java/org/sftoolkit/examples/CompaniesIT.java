package org.sftoolkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompaniesIT {

    private static final Path WRITTEN = Path.of("target/companies/accounts.json");
    private static JsonNode accounts;
    private static long lines;

    @BeforeAll
    static void runExample() throws Exception {
        Files.deleteIfExists(WRITTEN);
        RunExample.run("companies");
        accounts = new ObjectMapper().readTree(WRITTEN.toFile());
        try (var csv = Files.lines(Path.of("src/main/resources/companies/companies.csv"))) {
            lines = csv.filter(line -> !line.isBlank()).count() - 1;
        }
    }

    @Test
    void everyCompanyButTheDeletedOnesStandsInTheFileOnce() {
        Set<String> tickers = new HashSet<>();
        accounts.forEach(account -> tickers.add(account.path("External_ID__c").asText()));
        assertThat(accounts).hasSize((int) lines - 5);
        assertThat(tickers).hasSize(accounts.size());
    }

    @Test
    void recordsHaveIdsAndTheFieldsOfTheFile() {
        for (JsonNode account : accounts) {
            assertThat(account.path("Id").asText()).matches("001\\w{15}");
            assertThat(account.path("Name").asText()).isNotBlank();
            assertThat(account.path("Website").asText()).startsWith("http");
            assertThat(account.path("NumberOfEmployees").isInt()).isTrue();
            assertThat(account.path("SystemModstamp").asText()).endsWith("+0000");
        }
    }
}
