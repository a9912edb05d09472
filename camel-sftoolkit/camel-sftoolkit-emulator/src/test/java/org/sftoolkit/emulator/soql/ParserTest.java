package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static String structure(String statement) {
        return SoqlStructure.of(statement).text();
    }

    @Test
    void everyClauseIsReadInItsOrder() {
        assertThat(structure("select Id, Account.Name, (select Id from Contacts where Email != null limit 3), "
                        + "typeof Owner when User then Email else Name end from Opportunity o using scope mine "
                        + "where Amount > 5 and (o.Name like 'a%' or Id in (select AccountId from Contact)) "
                        + "with security_enforced order by Name desc nulls last, Id limit 10 offset 5 for view"))
                .isEqualTo("SELECT Id, Account.Name, (SELECT Id FROM Contacts WHERE Email != null LIMIT <number>), "
                        + "TYPEOF Owner WHEN User THEN Email ELSE Name END FROM Opportunity o USING SCOPE mine "
                        + "WHERE (Amount > <num> AND (o.Name LIKE <text> OR Id IN (SELECT AccountId FROM Contact))) "
                        + "ORDER BY Name DESC NULLS LAST, Id ASC NULLS FIRST LIMIT <number> OFFSET <number> "
                        + "WITH SECURITY_ENFORCED FOR VIEW");
    }

    @Test
    void aggregatesTakeAliases() {
        assertThat(structure("SELECT Industry i, COUNT(Id) n, CALENDAR_YEAR(CreatedDate) FROM Account "
                        + "GROUP BY Industry, CALENDAR_YEAR(CreatedDate) HAVING COUNT(Id) > 1"))
                .isEqualTo("SELECT Industry i, COUNT(Id) n, CALENDAR_YEAR(CreatedDate) FROM Account "
                        + "GROUP BY Industry, CALENDAR_YEAR(CreatedDate) HAVING COUNT(Id) > <num>");
    }

    @Test
    void structureIsBlindToValuesButNotToTheirNumberOrKind() {
        SoqlStructure harmless = SoqlStructure.of("SELECT Id FROM Account WHERE Name = 'x'");
        assertThat(SoqlStructure.of("SELECT Id FROM Account WHERE Name = 'x\\' OR Name != \\''"))
                .isEqualTo(harmless);
        assertThat(SoqlStructure.of("SELECT Id FROM Account WHERE Name = 'x' OR Name != ''"))
                .isNotEqualTo(harmless);
        assertThat(SoqlStructure.of("SELECT Id FROM Account WHERE Name IN ('x', 'y')"))
                .isNotEqualTo(SoqlStructure.of("SELECT Id FROM Account WHERE Name IN ('x')"));
        assertThat(SoqlStructure.of("SELECT Id FROM Account WHERE Name = null")).isNotEqualTo(harmless);
    }

    @Test
    void dateTimesKeepTheirOffset() {
        Query query = Parser.parse("SELECT Id FROM Account WHERE CreatedDate > 2026-01-31T12:34:56.789+01:00");
        assertThat(query.where()).hasValueSatisfying(where -> assertThat(((Condition.Compare) where).value())
                .isEqualTo(new Literal.Moment(Instant.parse("2026-01-31T11:34:56.789Z"))));
    }

    @Test
    void rangeWordsTakeTheirNumber() {
        Query query = Parser.parse("SELECT Id FROM Account WHERE CreatedDate = last_n_days:30");
        assertThat(query.where()).hasValueSatisfying(where -> assertThat(((Condition.Compare) where).value())
                .isEqualTo(new Literal.Relative(DateLiteral.LAST_N_DAYS, 30)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT Id",
                "SELECT Id FROM",
                "SELECT Id, FROM Account",
                "SELECT FROM Account",
                "SELECT Id Name FROM Account, ",
                "SELECT Id FROM Account WHERE",
                "SELECT Id FROM Account WHERE Name",
                "SELECT Id FROM Account WHERE Name = ",
                "SELECT Id FROM Account WHERE Name == 'x'",
                "SELECT Id FROM Account WHERE Name = x",
                "SELECT Id FROM Account WHERE (Name = 'x'",
                "SELECT Id FROM Account WHERE Name = 'x')",
                "SELECT Id FROM Account WHERE Name = 'x' OR Name = 'y' AND Name = 'z'",
                "SELECT Id FROM Account WHERE Name = 'x' AND Name = 'y' OR Name = 'z'",
                "SELECT Id FROM Account WHERE NOT Name = 'x' AND Name = 'y'",
                "SELECT Id FROM Account WHERE Name IN 'x'",
                "SELECT Id FROM Account WHERE Name IN ()",
                "SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS",
                "SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:-1",
                "SELECT Id FROM Account WHERE CreatedDate > 2026-02-30",
                "SELECT Id FROM Account WHERE CreatedDate > 1699-12-31",
                "SELECT Id FROM Account WHERE CreatedDate > 2026-01-31T25:00:00Z",
                "SELECT Id FROM Account WHERE Amount > USD5000",
                "SELECT Id FROM Account LIMIT -1",
                "SELECT Id FROM Account LIMIT 'x'",
                "SELECT Id FROM Account LIMIT 1 WHERE Id != null",
                "SELECT Id FROM Account ORDER Name",
                "SELECT Id FROM Account ORDER BY Name NULLS",
                "SELECT Id FROM Account FOR DELETE",
                "SELECT Id FROM Account ALL ROWS",
                "SELECT Id FROM Account UPDATE TRACKING",
                "SELECT Id FROM Account WITH DATA CATEGORY Geography__c AT usa__c",
                "SELECT Id FROM Account; DELETE",
                "SELECT * FROM Account",
                "SELECT TYPEOF Owner ELSE Name END FROM Case",
                "SELECT FIELDS(SOME) FROM Account",
                "UPDATE Account SET Name = 'x'"
            })
    void brokenStatementIsMalformed(String statement) {
        assertThatThrownBy(() -> Parser.parse(statement))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo("MALFORMED_QUERY"));
    }

    @Test
    void errorPointsAtItsPlace() {
        assertThatThrownBy(() -> Parser.parse("SELECT Id FROM Account WHERE Id = 'x' OR Id = 'y' AND Id = 'z'"))
                .hasMessage("\nSELECT Id FROM Account WHERE Id = 'x' OR Id = 'y' AND Id = 'z'\n" + " ".repeat(50)
                        + "^\nERROR at Row:1:Column:51\nunexpected token: 'AND'");
    }

    @Test
    void errorOnALaterLineCountsRowsAndColumns() {
        assertThatThrownBy(() -> Parser.parse("SELECT Id\nFROM Account\nWHERE Id ! 3"))
                .hasMessageContaining("line 3:9 no viable alternative at character '!'");
        assertThatThrownBy(() -> Parser.parse("SELECT Id\nFROM Account\nWHERE Id 3"))
                .hasMessage("\nWHERE Id 3\n         ^\nERROR at Row:3:Column:10\nunexpected token: '3'");
    }

    @Test
    void bindVariablesAreApexOnly() {
        assertThatThrownBy(() -> Parser.parse("SELECT Id FROM Account WHERE Id = :id"))
                .hasMessageContaining("Bind variables only allowed in Apex code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Group", "Order"})
    void objectsNamedLikeKeywordsCanBeQueried(String object) {
        assertThat(Parser.parse("SELECT Id FROM " + object + " ORDER BY Id")
                        .from()
                        .name())
                .isEqualTo(object);
    }

    @Test
    void hostileNestingIsRefusedBeforeTheStackEnds() {
        String open = "(".repeat(40_000);
        assertThatThrownBy(() -> Parser.parse("SELECT Id FROM Account WHERE " + open))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo("QUERY_TOO_COMPLICATED"));
        assertThatThrownBy(() -> Parser.parse("SELECT " + "(SELECT ".repeat(10_000)))
                .isInstanceOf(SoqlException.class);
    }

    @Test
    void functionsNest() {
        assertThat(Parser.parse("SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)) h FROM Account")
                        .select())
                .isEqualTo(List.of(new SelectItem.Value(
                        new Expression.Call(
                                "HOUR_IN_DAY",
                                List.of(new Expression.Call(
                                        "convertTimezone",
                                        List.of(new Expression.Path(List.of("CreatedDate"), 35)),
                                        19)),
                                7),
                        java.util.Optional.of("h"))));
    }
}
