package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statements that nobody would write: they are answered or refused, and nothing else happens. */
class HostileStatementsTest {
    private static final String[] PIECES = {
        "'",
        "\\",
        "\"",
        "%",
        "_",
        "(",
        ")",
        ",",
        " OR ",
        " AND ",
        "NOT ",
        "null",
        "=",
        "!=",
        "--",
        "/*",
        ":x",
        "\n",
        "\r",
        "\u0000",
        "\u00e9",
        "\ud83d\ude00",
        "\u2028",
        "\\'",
        "\\\\",
        "u0027",
        "SELECT",
        " LIMIT 1",
        "x",
        "1",
        "{",
        "}",
        "2026-01-31"
    };

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    @Test
    void escapedTextStaysOneLiteralOfThatValue() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        SoqlStructure harmless = SoqlStructure.of("SELECT Id FROM Account WHERE Name = 'x' AND Fax != null");
        for (int i = 0; i < 20_000; i++) {
            String value = text(random);
            String statement = "SELECT Id FROM Account WHERE Name = '" + escaped(value) + "' AND Fax != null";
            assertThat(SoqlStructure.of(statement))
                    .as("seed %d: %s", seed, statement)
                    .isEqualTo(harmless);
            Condition.And where =
                    (Condition.And) Parser.parse(statement).where().orElseThrow();
            assertThat(((Condition.Compare) where.parts().get(0)).value())
                    .as("seed %d: %s", seed, statement)
                    .isEqualTo(new Literal.Text(value));
        }
    }

    @Test
    void brokenStatementsMeetARefusalAndNoFault() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TestOrg org = new TestOrg();
        org.insert("Contact", "LastName", "Lovelace", "AccountId", org.insert("Account", "Name", "Acme"));
        List<String> seeds = new ArrayList<>(SupportedSoqlTableTest.lines().stream()
                .map(SupportedSoqlTableTest.Line::example)
                .toList());
        int answered = 0;
        for (int i = 0; i < 20_000; i++) {
            String statement = mutated(seeds, random);
            try {
                if (statement.startsWith("FIND")) {
                    Sosl.run(statement, org.context(false));
                } else {
                    org.page(statement);
                }
                answered++;
            } catch (SoqlException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                fail("seed " + seed + ": " + statement, e);
            }
        }
        assertThat(answered).as("seed %d", seed).isBetween(100, 19_900);
    }

    /** Some words of a statement left out, doubled, swapped with those of another, or replaced by noise. */
    private static String mutated(List<String> seeds, Random random) {
        List<String> words = words(seeds.get(random.nextInt(seeds.size())));
        List<String> others = words(seeds.get(random.nextInt(seeds.size())));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && !words.isEmpty(); i++) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                case 2 -> words.set(at, others.get(random.nextInt(others.size())));
                default -> words.set(at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return String.join("", words);
    }

    private static List<String> words(String statement) {
        return new ArrayList<>(List.of(statement.split("(?<=[^\\w.])|(?=[^\\w.])")));
    }

    @Test
    void endlessPathsAndListsAreReadWithoutRecursion() {
        assertThatThrownBy(() -> Parser.parse("SELECT " + "a.".repeat(49_000) + " FROM Account"))
                .isInstanceOf(SoqlException.class);
        assertThat(Parser.parse("SELECT " + "a.".repeat(49_000) + "b FROM Account")
                        .select())
                .hasSize(1);
        assertThat(Parser.parse("SELECT Id FROM Account WHERE Id IN (1" + ",1".repeat(40_000) + ")")
                        .where())
                .isPresent();
        assertThat(Parser.parse("SELECT Id FROM Account WHERE a=1" + " OR a=1".repeat(10_000))
                        .where())
                .isPresent();
    }
}
