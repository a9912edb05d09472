package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the tables of docs/emulator-soql.md, so that they cannot promise what does not hold. */
class SupportedSoqlTableTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "emulator-soql.md");
    private static final Pattern ROW = Pattern.compile("\\| (.+) \\| `((?:SELECT|FIND) .+)` \\| (.+) \\|");
    private static final Pattern REFUSED = Pattern.compile("refused: (\\w+) \"(.+)\"");

    private final TestOrg org = new TestOrg();

    record Line(String construct, String example, String answer) {
        @Override
        public String toString() {
            return construct;
        }
    }

    static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(text);
            if (row.matches()) {
                lines.add(new Line(row.group(1), row.group(2), row.group(3)));
            }
        }
        return lines;
    }

    @BeforeEach
    void fill() {
        String acme = org.insert(
                "Account",
                "Name",
                "Acme",
                "Industry",
                "Energy",
                "NumberOfEmployees",
                10,
                "AnnualRevenue",
                99,
                "Founded__c",
                "2020-01-31",
                "Opening_Time__c",
                "09:00:00.000Z",
                "Regions__c",
                "Africa;Europe");
        org.insert("Account", "Name", "Acme Works");
        org.insert("Account", "Name", "Sold at 50%");
        org.insert("Account", "Name", "O'Neil");
        String ada = org.insert("Contact", "LastName", "Lovelace", "AccountId", acme);
        org.insert("Case", "Subject", "broken", "ContactId", ada);
        org.insert("Task", "Subject", "call", "WhatId", acme);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void statementIsAnsweredAsTheTableSays(Line line) {
        if (line.answer().equals("supported")) {
            if (line.example().startsWith("FIND")) {
                assertThat(answer(line.example())).isNotEmpty();
                return;
            }
            JsonNode page = answer(line.example());
            assertThat(page.path("totalSize").asInt()).isPositive();
            assertThat(line.example().contains("COUNT()")
                            || !page.path("records").isEmpty())
                    .isTrue();
            return;
        }
        Matcher refused = REFUSED.matcher(line.answer());
        assertThat(refused.matches()).as(line.answer()).isTrue();
        assertThatThrownBy(() -> answer(line.example()))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo(refused.group(1)))
                .hasMessageContaining(refused.group(2));
    }

    private JsonNode answer(String statement) {
        return statement.startsWith("FIND") ? Sosl.run(statement, org.context(false)) : org.page(statement);
    }

    @Test
    void everyRowOfTheTablesIsRun() throws IOException {
        long rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ")
                        && line.contains("`")
                        && (line.contains("SELECT ") || line.contains("FIND ")))
                .count();
        assertThat(lines()).hasSize((int) rows).hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @EnumSource(DateLiteral.class)
    void everyDateLiteralIsInTheTable(DateLiteral word) throws IOException {
        assertThat(lines()).anyMatch(line -> line.example().matches(".*\\b" + word + "\\b.*"));
    }

    @ParameterizedTest
    @EnumSource(AggregateFunction.class)
    void everyAggregateFunctionIsInTheTable(AggregateFunction function) throws IOException {
        assertThat(lines()).anyMatch(line -> line.example().contains(function + "("));
    }
}
