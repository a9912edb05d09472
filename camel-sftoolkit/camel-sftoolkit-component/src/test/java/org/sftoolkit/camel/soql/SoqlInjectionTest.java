package org.sftoolkit.camel.soql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.sftoolkit.emulator.soql.SoqlStructure;

/**
 * Whatever a value holds, the statement keeps the structure that it has with a harmless value; the parser of the emulator,
 * which shares no code with the component, is the judge. {@code -Djqwik.tries.default=1000000} makes it a long run.
 */
class SoqlInjectionTest {

    private static final List<String> STATEMENTS = List.of(
            "SELECT Id FROM Account WHERE Name = :v",
            "SELECT Id FROM Account WHERE (Name != :v AND Phone = 'a\\':v') OR Name LIKE :like(v)",
            "SELECT Id, (SELECT Id FROM Contacts WHERE LastName = :v) FROM Account WHERE Name LIKE :like(%v%) LIMIT 5",
            "SELECT Id FROM Account WHERE Name IN :v AND Id IN (SELECT AccountId FROM Contact WHERE Name IN (:v, 'x'))",
            "SELECT COUNT(Id) FROM Case WHERE Subject < :v GROUP BY Status HAVING COUNT(Id) > 1");

    @Property
    void hostileTextStaysOneValue(@ForAll("statements") String statement, @ForAll("hostile") String value) {
        assertThat(structure(statement, value)).isEqualTo(structure(statement, "harmless"));
    }

    @Property
    void hostileListsStayLists(@ForAll("hostileLists") List<String> values) {
        var harmless = new ArrayList<String>();
        values.forEach(value -> harmless.add("harmless"));
        String statement = "SELECT Id FROM Account WHERE Name IN :v AND Phone NOT IN ('a', :v) ORDER BY Id";
        assertThat(structure(statement, values)).isEqualTo(structure(statement, harmless));
    }

    @Property
    void hostileTextComesBackAsItWas(@ForAll("hostile") String value) {
        assertThat(unescaped(SoqlLiteral.text(value))).isEqualTo(value);
    }

    private static SoqlStructure structure(String statement, Object value) {
        return SoqlStructure.of(SoqlTemplate.soql(statement).bind(name -> new Parameters.Bound(value)));
    }

    @Provide
    Arbitrary<String> statements() {
        return Arbitraries.of(STATEMENTS);
    }

    @Provide
    Arbitrary<List<String>> hostileLists() {
        return hostile().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> pieces = Arbitraries.of(
                "'",
                "\\",
                "\\'",
                "''",
                "\\\\'",
                "' OR Name != '",
                "') OR (Id != null",
                "'--",
                "/*",
                "*/",
                "//",
                "%",
                "_",
                "\\%",
                ":v",
                ":like(v)",
                "\n",
                "\r\n",
                "\t",
                "\b",
                "\u0007",
                "\u001a",
                "\u2019",
                "\u02bc",
                "\uff07",
                "\u2028",
                "\\u0027",
                "\\x27",
                "null",
                " LIMIT 1",
                " FROM User",
                "\"",
                "{",
                "}",
                ")",
                "(",
                ",",
                "LAST_N_DAYS:30");
        Arbitrary<String> free = Arbitraries.strings().ofMaxLength(12);
        // text that Salesforce cannot hold is refused
        return Arbitraries.oneOf(pieces, free).list().ofMaxSize(8).map(parts -> String.join("", parts)
                .replaceAll("[\\x00\\x{d800}-\\x{dfff}]", ""));
    }

    /** What Salesforce reads from the literal, by its table of escapes. */
    private static String unescaped(String literal) {
        var text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            c = literal.charAt(++i);
            switch (c) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'f' -> text.append('\f');
                case '\'', '\\' -> text.append(c);
                case 'u' -> {
                    text.append((char) Integer.parseInt(literal.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> throw new AssertionError("no escape of SOQL: \\" + c);
            }
        }
        return text.toString();
    }
}
