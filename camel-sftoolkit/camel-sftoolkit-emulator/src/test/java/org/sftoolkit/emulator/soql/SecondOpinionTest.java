package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.apexdevtools.apexparser.ApexLexer;
import io.github.apexdevtools.apexparser.ApexParser;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The public grammar of Apex, which holds one of SOQL, is asked what it thinks of the same statements. */
class SecondOpinionTest {
    /** What only Apex allows, what the emulator refuses by name, and what the reference has and that grammar has not. */
    private static final Set<String> DIFFERENT = Set.of(
            "bind variables",
            "FOR UPDATE (no effect: its lock would end with the call)",
            "ALL ROWS",
            "WITH DATA CATEGORY",
            "UPDATE TRACKING, UPDATE VIEWSTAT",
            "currency literals",
            "ROLLUP beside other fields",
            "OFFSET in a child subquery",
            "escaped wildcards in LIKE");

    static List<String> statements() throws IOException {
        return SupportedSoqlTableTest.lines().stream()
                .filter(line -> line.example().startsWith("SELECT"))
                .filter(line -> !DIFFERENT.contains(line.construct()))
                .map(SupportedSoqlTableTest.Line::example)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void grammarsAgreeOnTheTables(String statement) {
        assertThat(accepted(statement)).isEqualTo(acceptedThere(statement));
    }

    @Test
    void grammarsAgreeOnAndOrNotAndParentheses() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {"Name = 'x'", "Name = 'x'", "AND", "OR", "NOT", "(", ")"};
        int accepted = 0;
        for (int i = 0; i < 3_000; i++) {
            String condition = random.ints(1 + random.nextInt(9), 0, pieces.length)
                    .mapToObj(piece -> pieces[piece])
                    .collect(Collectors.joining(" "));
            String statement = "SELECT Id FROM Account WHERE " + condition;
            assertThat(accepted(statement)).as("seed %d: %s", seed, statement).isEqualTo(acceptedThere(statement));
            accepted += accepted(statement) ? 1 : 0;
        }
        assertThat(accepted).as("seed %d", seed).isPositive();
    }

    private static boolean accepted(String statement) {
        try {
            Parser.parse(statement);
            return true;
        } catch (SoqlException e) {
            return false;
        }
    }

    private static boolean acceptedThere(String statement) {
        AtomicInteger errors = new AtomicInteger();
        BaseErrorListener counter = new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    Object offendingSymbol,
                    int line,
                    int charPositionInLine,
                    String message,
                    RecognitionException e) {
                errors.incrementAndGet();
            }
        };
        ApexLexer lexer = new ApexLexer(CharStreams.fromString(statement));
        lexer.removeErrorListeners();
        lexer.addErrorListener(counter);
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        ApexParser parser = new ApexParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(counter);
        parser.query();
        return errors.get() == 0 && tokens.LA(1) == Token.EOF;
    }
}
