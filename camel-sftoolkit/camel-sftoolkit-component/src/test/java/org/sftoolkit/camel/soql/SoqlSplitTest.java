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
import org.sftoolkit.camel.soql.SoqlSplit.UriLength;

class SoqlSplitTest {

    private static List<String> split(String soql, List<?> values) {
        var statements = new ArrayList<String>();
        SoqlSplit.of(SoqlTemplate.soql(soql), "v")
                .statements(name -> new Parameters.Bound(values))
                .forEachRemaining(statements::add);
        return statements;
    }

    @Test
    void eachStatementIsShortAndTogetherTheyHoldEachValueOnce() {
        List<String> values =
                IntStream.range(0, 3000).mapToObj("ключ %d"::formatted).toList();
        List<String> statements = split("SELECT Id FROM Account WHERE Name IN :v AND Phone NOT IN ('x')", values);
        assertThat(statements).hasSizeGreaterThan(10).allSatisfy(statement -> assertThat(UriLength.of(statement))
                .isLessThanOrEqualTo(7_600));
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
                .hasSizeLessThan(100_000));
    }
}
