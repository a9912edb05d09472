package org.sftoolkit.emulator.soql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.emulator.soql.LiteralParser.StringEscapes;
import org.sftoolkit.emulator.soql.Token.Kind;

class LexerTest {
    @Test
    void dottedPathIsOneToken() {
        assertThat(Lexer.tokens("Account.Owner.Name <= 12.5"))
                .extracting(Token::kind, Token::text)
                .containsExactly(
                        tuple(Kind.NAME, "Account.Owner.Name"),
                        tuple(Kind.SYMBOL, "<="),
                        tuple(Kind.NUMBER, "12.5"),
                        tuple(Kind.END, ""));
    }

    @Test
    void datesAndTimesAreUnquotedLiterals() {
        assertThat(Lexer.tokens("2026-01-31 2026-01-31T12:34:56.000+01:00 2026-01-31T12:34:56Z 10:20:30.000Z -5"))
                .extracting(Token::kind)
                .containsExactly(Kind.DATE, Kind.DATE_TIME, Kind.DATE_TIME, Kind.TIME, Kind.NUMBER, Kind.END);
    }

    @Test
    void escapedQuoteDoesNotEndAString() {
        assertThat(Lexer.tokens("'it\\'s' x").get(0).text()).isEqualTo("it\\'s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'open",
                "'open\\'",
                "'a\nb'",
                "Id # 1",
                "Id -- comment",
                "/* c */",
                "12abc",
                "1e3",
                "1.0E7",
                "2026-01-31T10",
                "2026-01-31T12:34:56.123456Z"
            })
    void brokenTextIsMalformed(String text) {
        assertThatThrownBy(() -> Lexer.tokens(text))
                .isInstanceOfSatisfying(
                        SoqlException.class, e -> assertThat(e.errorCode()).isEqualTo("MALFORMED_QUERY"));
    }

    @Test
    void statementOfMoreThanAHundredThousandCharactersIsRefused() {
        String exactly = "SELECT Id FROM Account" + " ".repeat(Lexer.MAX_STATEMENT - 22);
        assertThat(Lexer.tokens(exactly)).hasSize(5);
        assertThatThrownBy(() -> Lexer.tokens(exactly + " "))
                .hasMessage("SOQL statements can not be longer than 100000 characters");
    }

    @Test
    void listedEscapesAreRead() {
        assertThat(StringEscapes.unescape("\\n\\R\\t\\b\\f\\\"\\'\\\\\\u0041\\U00e9", false))
                .isEqualTo("\n\r\t\u0007\f\"'\\A\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\\0", "\\a", "\\u12", "\\uZZZZ", "\\_", "\\%", "\\ "})
    void anyOtherBackslashIsAnError(String raw) {
        assertThatThrownBy(() -> StringEscapes.unescape(raw, false)).hasMessageContaining("Illegal character sequence");
    }

    @Test
    void wildcardEscapesBelongToLikeOnly() {
        assertThat(StringEscapes.unescape("50\\%\\_\\\\", true)).isEqualTo("50\\%\\_\\\\");
    }

    @Test
    void stringOfMoreThanFourThousandCharactersIsRefused() {
        assertThat(StringEscapes.unescape("x".repeat(3_998) + "\\'y", false)).hasSize(4_000);
        assertThatThrownBy(() -> StringEscapes.unescape("x".repeat(4_001), false))
                .hasMessageContaining("4000");
    }
}
