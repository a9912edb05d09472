package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.soql.SoqlStructure;

class SoqlStatementTest {

    private static final Map<String, Object> ROW = Map.of(
            "Id",
            "001x",
            "SystemModstamp",
            OffsetDateTime.parse("2026-01-31T10:00:00Z"),
            "Size__c",
            7,
            "Name",
            "n",
            "Day__c",
            LocalDate.of(2026, 1, 31),
            "Long__c",
            8L);

    private static String after(String soql) {
        String rest = SoqlStatement.of(soql).after(ROW, 30).orElse(null);
        if (rest != null) {
            SoqlStructure.of(rest); // still SOQL
        }
        return rest;
    }

    @Test
    void anOrderByIdIsGoneOnAfterTheLastId() {
        assertThat(after("SELECT Id FROM Account ORDER BY Id"))
                .isEqualTo("SELECT Id FROM Account WHERE Id > '001x' ORDER BY Id");
        assertThat(after("select Id from Order order by id desc limit 100"))
                .isEqualTo("select Id from Order WHERE Id < '001x' order by id desc  LIMIT 70");
    }

    @Test
    void conditionsKeepTheirMeaning() {
        assertThat(after("SELECT Id FROM Account WHERE Name = 'a ORDER BY' OR Name = 'b' ORDER BY Id ASC"))
                .isEqualTo(
                        "SELECT Id FROM Account WHERE (Name = 'a ORDER BY' OR Name = 'b') AND Id > '001x' ORDER BY Id"
                                + " ASC");
    }

    @Test
    void aTimeOrNumberBeforeTheIdIsComparedToo() {
        assertThat(after("SELECT Id FROM Account ORDER BY SystemModstamp DESC NULLS LAST, Id"))
                .isEqualTo(
                        "SELECT Id FROM Account WHERE (SystemModstamp < 2026-01-31T10:00:00.000Z OR (SystemModstamp ="
                                + " 2026-01-31T10:00:00.000Z AND Id > '001x')) ORDER BY SystemModstamp DESC NULLS LAST,"
                                + " Id");
        assertThat(after("SELECT Id FROM Account ORDER BY Size__c, Id"))
                .contains("(Size__c > 7 OR (Size__c = 7 AND Id > '001x'))");
    }

    @Test
    void subqueriesKeepTheirOwnClauses() {
        assertThat(after(
                        "SELECT Id, (SELECT Id FROM Contacts WHERE Name = 'x' ORDER BY Name LIMIT 3) FROM Account ORDER"
                                + " BY Id LIMIT 50 OFFSET 10"))
                .isEqualTo(
                        "SELECT Id, (SELECT Id FROM Contacts WHERE Name = 'x' ORDER BY Name LIMIT 3) FROM Account WHERE"
                                + " Id > '001x' ORDER BY Id  LIMIT 20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT Id FROM Account",
                "SELECT Id FROM Account ORDER BY Name, Id",
                "SELECT Id FROM Account ORDER BY SystemModstamp",
                "SELECT Id FROM Account ORDER BY Size__c DESC, Id",
                "SELECT Id FROM Account ORDER BY Size__c NULLS LAST, Id",
                "SELECT Id FROM Account ORDER BY Other__c, Id",
                "SELECT Id FROM Account ORDER BY Size__c, Name, Id",
                "SELECT Id FROM Account ORDER BY DISTANCE(Place__c, GEOLOCATION(1,2), 'mi'), Id",
                "SELECT Name, COUNT(Id) FROM Account GROUP BY Name ORDER BY Name"
            })
    void anOrderThatDoesNotTellWhatIsLeftIsNotGoneOn(String soql) {
        assertThat(after(soql)).isNull();
    }

    @Test
    void aRowWithoutItsIdTellsNothing() {
        assertThat(SoqlStatement.of("SELECT Name FROM Account ORDER BY Id").after(Map.of("Name", "x"), 1))
                .isEmpty();
    }

    @Test
    void onlyCountWithoutAFieldCounts() {
        assertThat(SoqlStatement.of("select count( ) from Account where Name = 'x'")
                        .counts())
                .isTrue();
        assertThat(SoqlStatement.of("SELECT COUNT(Id) FROM Account").counts()).isFalse();
        assertThat(SoqlStatement.of("SELECT Id FROM Account WHERE Name = 'COUNT() FROM'")
                        .counts())
                .isFalse();
    }

    @Test
    void aDateOrALongNumberTellsWhatIsLeft() {
        assertThat(after("SELECT Id FROM Account ORDER BY Day__c, Id"))
                .contains("(Day__c > 2026-01-31 OR (Day__c = 2026-01-31 AND Id > '001x'))");
        assertThat(after("SELECT Id FROM Account ORDER BY Long__c DESC NULLS FIRST, Id"))
                .contains("(Long__c < 8 OR (Long__c = 8 AND Id > '001x'))");
    }

    @Test
    void whatFollowsTheOrderStays() {
        assertThat(after("SELECT Id FROM Account WHERE Name = 'x' ORDER BY Id LIMIT 5 FOR VIEW"))
                .isEqualTo("SELECT Id FROM Account WHERE (Name = 'x') AND Id > '001x' ORDER BY Id  LIMIT 0 FOR VIEW");
        assertThat(after("SELECT Id FROM Group ORDER BY Id FOR REFERENCE"))
                .isEqualTo("SELECT Id FROM Group WHERE Id > '001x' ORDER BY Id  FOR REFERENCE");
    }

    @Test
    void anObjectCalledOrderIsNoOrder() {
        assertThat(SoqlStatement.of("SELECT Id FROM Order").after(ROW, 1)).isEmpty();
        assertThat(SoqlStatement.of("SELECT COUNT()").counts()).isFalse();
        assertThat(SoqlStatement.of("SELECT COUNT() FROM").counts()).isTrue();
        assertThat(SoqlStatement.of("SELECT Id FROM Account GROUP BY Id ORDER BY Id")
                        .after(ROW, 1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT Id FROM Account|Id",
                "select Id, Owner.Name,Name from Account where Name = 'a, b'|Id Owner.Name Name",
                "SELECT COUNT(Id) FROM Account|''",
                "SELECT Name n FROM Account|''",
                "SELECT Id, (SELECT Id FROM Contacts) FROM Account|''",
                "SELECT Id, FROM Account|''",
                "SELECT Id, Name|''",
                "SELECT Id,|''",
                "SELECT 1 FROM Account|''",
                "SELECT|''",
            })
    void columnsAreKnownIfOnlyFieldsAreSelected(String soql, String columns) {
        assertThat(String.join(" ", SoqlStatement.of(soql).columns())).isEqualTo(columns);
    }
}
