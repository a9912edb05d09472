package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolledStatementTest {

    private static final Instant LOWER = Instant.parse("2026-01-31T10:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-01-31T11:00:00Z");

    private static String polled(String text) {
        return new PolledStatement(text, "SystemModstamp").bind(LOWER, UNTIL);
    }

    @Test
    void idAndWatermarkAreSelectedAndRowsComeInTheirOrder() {
        var statement = new PolledStatement(
                "SELECT Name FROM Account WHERE SystemModstamp > :watermark AND SystemModstamp < :until",
                "SystemModstamp");
        assertThat(statement.sObject()).isEqualTo("Account");
        assertThat(statement.bind(LOWER, UNTIL))
                .isEqualTo("SELECT Id, SystemModstamp, Name FROM Account WHERE SystemModstamp >"
                        + " 2026-01-31T09:59:59.000Z AND SystemModstamp < 2026-01-31T11:00:00.000Z ORDER BY"
                        + " SystemModstamp, Id");
        assertThat(statement.bind(null, UNTIL)).contains("SystemModstamp > 1700-01-01T00:00:01.000Z AND");
    }

    @Test
    void whatIsSelectedAlreadyIsNotSelectedTwice() {
        assertThat(polled("select id, systemmodstamp from Account "))
                .isEqualTo("select id, systemmodstamp from Account ORDER BY SystemModstamp, Id");
        assertThat(polled("SELECT Name, SystemModstamp FROM Account"))
                .isEqualTo("SELECT Id, Name, SystemModstamp FROM Account ORDER BY SystemModstamp, Id");
    }

    @Test
    void fieldsOfASubqueryAreNotThoseOfTheRow() {
        assertThat(polled("SELECT Name, (SELECT Id, SystemModstamp FROM Contacts ORDER BY Name LIMIT 1) FROM Account"))
                .isEqualTo("SELECT Id, SystemModstamp, Name, (SELECT Id, SystemModstamp FROM Contacts ORDER BY Name"
                        + " LIMIT 1) FROM Account ORDER BY SystemModstamp, Id");
        assertThat(polled("SELECT Id, SystemModstamp FROM Account WHERE Id IN (SELECT AccountId FROM Contact LIMIT 3)"))
                .endsWith("LIMIT 3) ORDER BY SystemModstamp, Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ORDER BY SystemModstamp",
                "order by systemmodstamp asc, id",
                "ORDER BY SystemModstamp ASC NULLS FIRST, Id ASC"
            })
    void anOrderThatIsTheConsumersOwnMayStand(String order) {
        assertThat(polled("SELECT Id, SystemModstamp FROM Account " + order))
                .isEqualTo("SELECT Id, SystemModstamp FROM Account ORDER BY SystemModstamp, Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ORDER BY Id",
                "ORDER BY Name, Id",
                "ORDER BY SystemModstamp DESC",
                "ORDER BY SystemModstamp, Id DESC",
                "ORDER BY SystemModstamp, Name",
                "ORDER BY SystemModstamp, Name, Id",
                "ORDER BY DISTANCE(Place__c, GEOLOCATION(1,2), 'mi')"
            })
    void anotherOrderIsRefused(String order) {
        assertThatThrownBy(() -> polled("SELECT Id FROM Account " + order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the query of a consumer is read in the order of SystemModstamp, Id: remove its ORDER BY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIMIT 5", "group by Name", "HAVING COUNT(Id) > 1", "OFFSET 3", "FOR VIEW"})
    void aClauseThatAPollCannotHaveIsRefusedByName(String clause) {
        assertThatThrownBy(() -> polled("SELECT Id FROM Account " + clause))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "the query of a consumer cannot have " + clause.split(" ")[0] + ": rows are read in the order");
    }

    @Test
    void anObjectMayBeCalledGroup() {
        var statement = new PolledStatement("SELECT Id, SystemModstamp FROM Group", "SystemModstamp");
        assertThat(statement.sObject()).isEqualTo("Group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT Id", "SELECT Id FROM", "UPDATE Id FROM Account", "(SELECT Id FROM Account)"})
    void whatIsNoSelectIsRefused(String text) {
        assertThatThrownBy(() -> polled(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("soql is not a statement of the form SELECT ... FROM: " + text);
        assertThatThrownBy(() -> PolledStatement.extract(text)).hasMessageContaining("SELECT ... FROM");
    }

    @Test
    void aBindWithoutAValueIsRefusedByName() {
        String text = "SELECT Id FROM Account WHERE Name = :name";
        assertThatThrownBy(() -> polled(text)).hasMessageStartingWith(":name has no value");
        assertThatThrownBy(() -> PolledStatement.extract(text)).hasMessageStartingWith(":name has no value");
    }

    @Test
    void anExtractIsRunAsItIsWritten() {
        String text = "SELECT Name FROM Account WHERE CreatedDate < :until ORDER BY Name LIMIT 5";
        PolledStatement extract = PolledStatement.extract(text);
        assertThat(extract.sObject()).isEqualTo("Account");
        assertThat(extract.bind(null, UNTIL)).isEqualTo(text.replace(":until", "2026-01-31T11:00:00.000Z"));
    }
}
