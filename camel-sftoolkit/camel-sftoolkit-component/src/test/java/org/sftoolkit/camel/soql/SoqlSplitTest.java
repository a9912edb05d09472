package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.soql.SoqlSplit.UriLength;

class SoqlSplitTest {

    private static List<String> split(String soql, Object values) {
        var statements = new ArrayList<String>();
        SoqlSplit.of(SoqlTemplate.soql(soql), "v")
                .statements(name -> new Parameters.Bound(name.equals("v") ? values : "other"))
                .forEachRemaining(statements::add);
        return statements;
    }

    @Test
    void eachStatementIsShortAndTogetherTheyHoldEachValueOnce() {
        List<String> values =
                IntStream.range(0, 3000).mapToObj("ключ %d"::formatted).toList();
        List<String> statements = split("SELECT Id FROM Account WHERE Name IN :v AND Phone NOT IN ('x')", values);
        assertThat(statements).hasSizeGreaterThan(10).allSatisfy(statement -> assertThat(UriLength.of(statement))
                .isLessThanOrEqualTo(7_500));
        assertThat(statements.subList(0, statements.size() - 1))
                .allSatisfy(statement -> assertThat(UriLength.of(statement))
                        .as("no more statements than needed")
                        .isGreaterThan(7_400));
        Set<String> found = new HashSet<>();
        for (String statement : statements) {
            for (String value : statement
                    .substring(statement.indexOf('(') + 1, statement.indexOf(')'))
                    .split(",")) {
                assertThat(found.add(value)).as(value).isTrue();
            }
        }
        assertThat(found).hasSize(3000);
    }

    @Test
    void valuesThatSalesforceTakesForEqualStayTogether() {
        var values = new ArrayList<Object>();
        IntStream.range(0, 700).forEach(i -> values.add("name %06d".formatted(i)));
        values.add("NAME 000000");
        values.add("name 000000");
        values.add(null);
        List<String> statements = split("SELECT Id FROM Account WHERE Name IN (:v)", values);
        assertThat(statements).hasSizeGreaterThan(1);
        assertThat(statements.get(0)).contains("'name 000000','NAME 000000','name 000001'");
        assertThat(statements.get(statements.size() - 1)).endsWith("null)");
    }

    @Test
    void aShortAndALongIdOfOneRecordAreEqual() {
        List<String> statements = split(
                "SELECT Id FROM Account WHERE Id IN :v",
                Arrays.asList("001D000000IqhSL", "003D000000QV9n2IAD", "001D000000IqhSLIAZ"));
        assertThat(statements)
                .containsExactly("SELECT Id FROM Account WHERE Id IN"
                        + " ('001D000000IqhSL','001D000000IqhSLIAZ','003D000000QV9n2IAD')");
    }

    @Test
    void anEmptyListGivesNoStatement() {
        assertThat(split("SELECT Id FROM Account WHERE Id IN :v", List.of())).isEmpty();
    }

    @Test
    void aListThatHoldsMoreThanTheNameIsNotSplit() {
        assertThatThrownBy(() -> split("SELECT Id FROM Account WHERE Name IN (:v, 'x')", List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exactly one condition");
    }

    @Test
    void aStatementThatIsLongByItselfStillTakesManyValues() {
        String fields = IntStream.range(0, 400)
                .mapToObj("A_Rather_Long_Field_Name_%d__c"::formatted)
                .collect(java.util.stream.Collectors.joining(","));
        List<String> values =
                IntStream.range(0, 1000).mapToObj("key %d"::formatted).toList();
        List<String> statements = split("SELECT " + fields + " FROM Account WHERE Key__c IN :v", values);
        assertThat(statements).hasSize(5).allSatisfy(statement -> assertThat(statement)
                .hasSizeLessThan(100_000)
                .matches(sent -> sent.split("'key ").length == 201));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT Id FROM Account WHERE Id IN :v AND Name = :other",
                "SELECT Id FROM Account WHERE Name IN :other AND Id IN (:v)",
                "SELECT Id FROM Account WHERE Phone NOT IN ('x') AND ((Id IN :v))",
                "SELECT COUNT() FROM Account WHERE Id IN :v",
                "SELECT Id FROM Order WHERE Id IN :v",
                "SELECT Id FROM Group WHERE Id IN :v",
                "SELECT Id, (SELECT Id FROM Contacts ORDER BY Name LIMIT 1) FROM Account WHERE (Id IN :v)",
                "SELECT Id FROM Account WHERE (Name IN (SELECT Name FROM Contact) AND Id IN :v)"
            })
    void aListThatRowsMatchOnceIsSplit(String soql) {
        String values = soql.contains("(:v)") ? "(:v)" : ":v";
        assertThat(split(soql, List.of("a", "b")))
                .containsExactly(soql.replace(values, "('a','b')")
                        .replace("IN :other", "IN ('other')")
                        .replace("= :other", "= 'other'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT Id FROM Account WHERE Id IN :v AND ParentId IN :v | must have exactly one condition",
                "SELECT Id FROM Account WHERE Name = 'x' | must have exactly one condition",
                "SELECT Id FROM Account WHERE Name = :v | must have exactly one condition",
                "SELECT Id FROM Account WHERE Id NOT IN :v | must have exactly one condition",
                "SELECT Id FROM Account WHERE Id NOT IN (:v) | must have exactly one condition",
                "SELECT Id FROM Account WHERE Name IN (:v | must have exactly one condition",
                "SELECT Id FROM Account WHERE Name IN :like(v) | must have exactly one condition",
                "IN :v | must have exactly one condition",
                "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Email IN :v) | is in a"
                        + " subquery",
                "SELECT Id FROM Account WHERE (Name = 'a') AND Id IN (SELECT X FROM Contact WHERE (E = 'b') AND E IN"
                        + " :v) | is in a subquery",
                "SELECT COUNT(Id) FROM Account WHERE Id IN :v | an aggregate is computed",
                "select max(Amount) from Opportunity where Id IN :v | an aggregate is computed",
                "SELECT Id FROM Account WHERE Id IN :v OR Name = 'x' | with OR a row may match",
                "SELECT Id FROM Account WHERE Id IN :v AND NOT Name = 'x' | with NOT a row may match",
                "SELECT Id FROM Account WHERE Id IN :v AND NOT | with NOT a row may match",
                "SELECT Id FROM Account WHERE Id IN :v ORDER BY Name | ORDER applies to all rows",
                "SELECT Id FROM Account WHERE Id IN :v limit 5 | limit applies to all rows",
                "SELECT Id FROM Account WHERE Id IN :v OFFSET 5 | OFFSET applies to all rows",
                "SELECT Name FROM Account WHERE Id IN :v GROUP BY Name | GROUP applies to all rows",
                "ORDER Id FROM Account WHERE Id IN :v | ORDER applies to all rows"
            })
    void aListWhosePartsWouldNotGiveTheWholeIsRefused(String soql, String why) {
        assertThatThrownBy(() -> split(soql, List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("splitIn=v is not possible: ")
                .hasMessageContaining(why);
    }

    @Test
    void aSingleValueIsAListOfOne() {
        assertThat(split("SELECT Id FROM Account WHERE Id IN :v", "a"))
                .containsExactly("SELECT Id FROM Account WHERE Id IN ('a')");
    }

    @Test
    void numbersOfOneValueStayTogether() {
        assertThat(split("SELECT Id FROM A WHERE Size__c IN :v", List.of(1, 2, new java.math.BigDecimal("1.00"))))
                .singleElement()
                .asString()
                .matches(".* IN \\(1,1(\\.00)?,2\\)");
    }

    @Test
    void theLengthInAUriIsThatOfPercentEncodedUtf8() {
        assertThat(UriLength.of("azAZ09_.")).isEqualTo(8);
        assertThat(UriLength.of("`{@[/: \u007f")).isEqualTo(24);
        assertThat(UriLength.of("\u0080\u20ac")).isEqualTo(18);
    }
}
