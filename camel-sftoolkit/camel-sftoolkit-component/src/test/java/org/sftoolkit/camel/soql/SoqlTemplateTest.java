package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoqlTemplateTest {

    private static String soql(String template, Map<String, ?> values) {
        return SoqlTemplate.soql(template)
                .bind(name -> values.containsKey(name) ? new Parameters.Bound(values.get(name)) : null);
    }

    private static String value(Object value) {
        var values = new LinkedHashMap<String, Object>();
        values.put("v", value);
        return soql("x = :v", values).substring(4);
    }

    @Test
    void valuesAreWrittenByTheirType() {
        assertThat(value("O'Neil \\ \"x\"")).isEqualTo("'O\\'Neil \\\\ \"x\"'");
        assertThat(value('c')).isEqualTo("'c'");
        assertThat(value(Thread.State.NEW)).isEqualTo("'NEW'");
        assertThat(value(new UUID(0, 1))).isEqualTo("'00000000-0000-0000-0000-000000000001'");
        assertThat(value(42)).isEqualTo("42");
        assertThat(value(1e7)).isEqualTo("10000000");
        assertThat(value(new BigDecimal("12345678901234567.89"))).isEqualTo("12345678901234567.89");
        assertThat(value(true)).isEqualTo("true");
        assertThat(value(null)).isEqualTo("null");
        assertThat(value(LocalDate.of(2026, 1, 31))).isEqualTo("2026-01-31");
        assertThat(value(java.sql.Date.valueOf("2026-01-31"))).isEqualTo("2026-01-31");
        assertThat(value(LocalTime.of(9, 30))).isEqualTo("09:30:00.000Z");
    }

    @Test
    void instantsKeepTheirMillisecondsAndAreWrittenInUtc() {
        assertThat(value(Instant.parse("2026-01-31T10:00:00.123456Z"))).isEqualTo("2026-01-31T10:00:00.123Z");
        assertThat(value(OffsetDateTime.parse("2026-01-31T10:00:00+02:00"))).isEqualTo("2026-01-31T08:00:00.000Z");
        assertThat(value(ZonedDateTime.parse("2026-07-01T10:00:00+02:00[Europe/Berlin]")))
                .isEqualTo("2026-07-01T08:00:00.000Z");
        assertThat(value(new Date(0))).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    void controlCharactersAreEscapedAndABackspaceIsNoBell() {
        assertThat(value("a\nb\tc\u0001d\be\u0007")).isEqualTo("'a\\nb\\tc\\u0001d\\u0008e\\u0007'");
    }

    @Test
    void collectionsAndArraysBecomeListsNullWithin() {
        assertThat(soql("Id IN :ids", Map.of("ids", Arrays.asList("a", null, 3))))
                .isEqualTo("Id IN ('a',null,3)");
        assertThat(soql("Id NOT IN :ids", Map.of("ids", new int[] {1, 2}))).isEqualTo("Id NOT IN (1,2)");
        assertThat(soql("Id in (:ids)", Map.of("ids", List.of("a", "b")))).isEqualTo("Id in ('a','b')");
        assertThat(soql("Id IN ('x', :ids, :one)", Map.of("ids", Set.of("a"), "one", "b")))
                .isEqualTo("Id IN ('x', 'a', 'b')");
        assertThat(soql("Tags__c INCLUDES(:tags)", Map.of("tags", "A;B"))).isEqualTo("Tags__c INCLUDES('A;B')");
        assertThat(soql("Id IN :id", Map.of("id", "a"))).isEqualTo("Id IN ('a')");
        assertThat(soql("Id IN (SELECT AccountId FROM Contact WHERE Name = :n)", Map.of("n", "x")))
                .endsWith("Name = 'x')");
    }

    @Test
    void anEmptyListIsAnErrorThatNamesTheBind() {
        assertThatThrownBy(() -> soql("Id IN :ids", Map.of("ids", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(":ids: the list is empty");
    }

    @Test
    void anUnboundNameIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> soql("Name = :naem", Map.of("name", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(":naem has no value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Name = 'literal :v and \\' :v'",
                "Name = 'two  blanks  and\ttabs' AND Phone NOT IN ('a  b') LIMIT 0",
                "Choices__c EXCLUDES ('a;b', 'c')",
                "CreatedDate = LAST_N_DAYS:30",
                "CreatedDate > 2026-01-31T10:15:00+01:00 AND T__c = 10:15:30.000Z",
                "Name = 'x' /* not :v, isn't it */",
                "Name = 'x' -- don't bind :v"
            })
    void textThatIsNotABindStaysAsItIs(String statement) {
        assertThat(soql(statement, Map.of("v", 1))).isEqualTo(statement);
        assertThat(SoqlTemplate.soql(statement).names()).isEmpty();
    }

    @Test
    void likeEscapesWildcardsAndMayAddItsOwn() {
        var values = Map.of("v", "50%_\\'");
        assertThat(soql("Name LIKE :like(v)", values)).isEqualTo("Name LIKE '50\\%\\_\\\\\\''");
        assertThat(soql("Name LIKE :like(v%)", values)).isEqualTo("Name LIKE '50\\%\\_\\\\\\'%'");
        assertThat(soql("Name LIKE :like( %v% )", values)).isEqualTo("Name LIKE '%50\\%\\_\\\\\\'%'");
        assertThat(soql("Name LIKE :v", Map.of("v", "A%"))).isEqualTo("Name LIKE 'A%'");
    }

    @Test
    void aDateLiteralTakesABoundNumber() {
        assertThat(soql("CreatedDate = LAST_N_DAYS:days AND Industry IN:i", Map.of("days", 30, "i", "x")))
                .isEqualTo("CreatedDate = LAST_N_DAYS:30 AND Industry IN('x')");
        assertThatThrownBy(() -> soql("CreatedDate = LAST_N_DAYS:days", Map.of("days", "1 OR Id != null")))
                .hasMessageContaining(":days: a whole number is needed");
    }

    @Test
    void valuesThatSoqlCannotHoldAreRefused() {
        for (Object bad : new ArrayList<Object>(List.of(
                LocalDateTime.of(2026, 1, 1, 0, 0),
                Double.NaN,
                Float.POSITIVE_INFINITY,
                new BigDecimal("1E+999999999"),
                LocalDate.of(9999, 1, 1),
                Instant.MAX,
                Map.of("a", 1),
                new byte[] {1},
                new Object(),
                List.of(List.of("nested"))))) {
            assertThatThrownBy(() -> value(bad))
                    .as("%s", bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(":v: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name = 'open", "Name LIKE :like(a b)", "Name LIKE :like(a", "Name = :upper(a)"})
    void whatIsNotClosedOrUnknownIsRefused(String statement) {
        assertThatThrownBy(() -> SoqlTemplate.soql(statement)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void searchTermsLoseTheirOperators() {
        Parameters values = name -> new Parameters.Bound(name.equals("t") ? "a*} OR b" : "x");
        assertThat(SoqlTemplate.sosl("FIND :t IN NAME FIELDS RETURNING Account(Id WHERE Name = :w)")
                        .bind(values))
                .isEqualTo("FIND {\"a\\*\\} OR b\"} IN NAME FIELDS RETURNING Account(Id WHERE Name = 'x')");
        assertThat(SoqlTemplate.sosl("FIND {Acme AND :w AND \":t\" AND a\\:w} RETURNING Contact(Id WHERE Name=:w)")
                        .bind(values))
                .isEqualTo("FIND {Acme AND x AND \"a\\*\\} OR b\" AND a\\:w} RETURNING Contact(Id WHERE Name='x')");
    }

    @Test
    void aQueryIsBuiltFromItsParts() {
        var select = new SoqlSelect(
                "Account", List.of("Id", "(SELECT Id", "Name FROM Contacts)"), "Industry = :i", "Name, Id DESC", 0);
        assertThat(select.template().text())
                .isEqualTo("SELECT Id,(SELECT Id,Name FROM Contacts) FROM Account WHERE Industry = :i ORDER BY Name, Id"
                        + " DESC LIMIT 0");
    }

    @Test
    void aPartCannotLeaveItsClause() {
        assertThatThrownBy(() -> new SoqlSelect("Account", List.of("Id"), "a = 1) OR (b = 2", null, null).template())
                .hasMessageContaining("where closes a parenthesis");
        assertThatThrownBy(() -> new SoqlSelect("Account", List.of("Id"), "a = 1 LIMIT 1", null, null).template())
                .hasMessageContaining("where contains another clause, LIMIT");
        assertThatThrownBy(() -> new SoqlSelect("Account", List.of("Id FROM User"), null, null, null).template())
                .hasMessageContaining("fields contains another clause, FROM");
        assertThatThrownBy(() -> new SoqlSelect("Account, Contact", List.of("Id"), null, null, null).template())
                .hasMessageContaining("not the name of an object");
        assertThatThrownBy(() -> new SoqlSelect("Account", List.of("Id"), null, "(Name", null).template())
                .hasMessageContaining("orderBy does not close a parenthesis");
    }

    @Test
    void singleValueBecomesAListIfAListIsNeeded() {
        assertThat(soql("Name NOT IN :v", Map.of("v", "x"))).isEqualTo("Name NOT IN ('x')");
        assertThat(soql("Choices__c INCLUDES :v", Map.of("v", "a;b"))).isEqualTo("Choices__c INCLUDES ('a;b')");
        assertThat(soql("Choices__c EXCLUDES :v", Map.of("v", List.of("a", "b"))))
                .isEqualTo("Choices__c EXCLUDES ('a','b')");
    }

    @Test
    void aTemplateNamesItsBindsInTheirOrder() {
        assertThat(SoqlTemplate.soql("a = :x AND b LIKE :like(%z%) AND c = :y AND d = :x")
                        .names())
                .containsExactly("x", "z", "y");
    }

    @Test
    void severalValuesAreAListWhereverTheyStand() {
        Map<String, ?> values = Map.of("v", List.of(1, 2));
        assertThat(soql(":v = x", values)).isEqualTo("(1,2) = x");
        assertThat(soql("x = :v", values)).isEqualTo("x = (1,2)");
        assertThat(soql("x = (:v)", values)).isEqualTo("x = ((1,2))");
        assertThat(soql("(:v) = x", values)).isEqualTo("((1,2)) = x");
        assertThat(soql("x IN (:v)", values)).isEqualTo("x IN (1,2)");
        assertThat(soql("x IN (SELECT y FROM z WHERE w = :v)", values))
                .isEqualTo("x IN (SELECT y FROM z WHERE w = (1,2))");
        assertThat(soql("x EXCLUDES :v", Map.of("v", "a"))).isEqualTo("x EXCLUDES ('a')");
        assertThat(soql(
                        "x = :v",
                        Map.of("v", JsonNodeFactory.instance.arrayNode().add(1).add(2))))
                .isEqualTo("x = (1,2)");
    }

    @Test
    void aCountTakesOneNumber() {
        var values = new LinkedHashMap<String, Object>();
        values.put("nothing", null);
        values.put("null", JsonNodeFactory.instance.nullNode());
        values.put("many", List.of(1));
        values.put("text", " 3 ");
        assertThat(soql("d = LAST_N_DAYS:text AND e = n_weeks_ago:text", values))
                .isEqualTo("d = LAST_N_DAYS:3 AND e = n_weeks_ago:3");
        assertThatThrownBy(() -> soql("d = LAST_N_DAYS:nothing", values))
                .hasMessage(":nothing: a single text is needed here, not null");
        assertThatThrownBy(() -> soql("d = LAST_N_DAYS:null", values))
                .hasMessage(":null: a single text is needed here, not null");
        assertThatThrownBy(() -> soql("d = LAST_N_DAYS:many", values))
                .hasMessage(":many: a single text is needed here, not a list");
        assertThat(soql("n LIKE :like(v%)", Map.of("v", 5))).isEqualTo("n LIKE '5%'");
        assertThat(soql("d = LAST_N_DAYS AND e = :text", values)).endsWith("e = ' 3 '");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FIND {:t} RETURNING A(Id WHERE n = :w) | FIND {a\\? b} RETURNING A(Id WHERE n = 'x AND y')",
                "FIND {:w:t} | FIND {\"x AND y\"a\\? b}",
                "FIND {\"b\" :w} | FIND {\"b\" \"x AND y\"}",
                "FIND {\"b :w\"} | FIND {\"b x AND y\"}",
                "FIND {\\\" :w} | FIND {\\\" \"x AND y\"}",
                "FIND {c: d :t} | FIND {c: d a\\? b}",
                "FIND {c\\}:t} | FIND {c\\}a\\? b}",
                "FIND {} RETURNING A(Id WHERE n = :w) | FIND {} RETURNING A(Id WHERE n = 'x AND y')",
                "FIND 'a{:t}' RETURNING A(Id WHERE n = :w) | FIND 'a{:t}' RETURNING A(Id WHERE n = 'x AND y')",
                "{:t} | {a\\? b}"
            },
            quoteCharacter = '~')
    void theTermsOfASearchAreBoundWithinItsBraces(String sosl, String bound) {
        Parameters values = name -> new Parameters.Bound(name.equals("t") ? "a?\nb" : "x AND y");
        assertThat(SoqlTemplate.sosl(sosl).bind(values)).isEqualTo(bound);
    }

    @Test
    void aSearchWhoseBraceStaysOpenIsRefused() {
        assertThatThrownBy(() -> SoqlTemplate.sosl("FIND {a\\}"))
                .hasMessage("the search term is not closed by }: FIND {a\\}");
    }

    @Test
    void partsThatAreNotGivenAreLeftOut() {
        assertThat(new SoqlSelect("Account", List.of("Id"), " ", " ", null)
                        .template()
                        .text())
                .isEqualTo("SELECT Id FROM Account");
        assertThatThrownBy(() -> new SoqlSelect("Account", List.of("Id"), null, null, -1).template())
                .hasMessage("limit=-1 is not allowed: use 0 or more");
        assertThatThrownBy(() -> new SoqlSelect("Account", List.of("Id"), "a = 1 /* b */", null, null).template())
                .hasMessageStartingWith("where contains a comment");
    }
}
