package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.emulator.soql.Token.Kind;

/** Reads the constants on the right side of a comparison. */
final class LiteralParser {
    private static final int FIRST_YEAR = 1700;
    private static final int LAST_YEAR = 4000;
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private final TokenStream in;

    LiteralParser(TokenStream in) {
        this.in = in;
    }

    /** @param like whether the value is a LIKE pattern */
    Literal value(boolean like) {
        Token token = in.peek();
        return switch (token.kind()) {
            case STRING -> new Literal.Text(StringEscapes.unescape(in.next().text(), like));
            case NUMBER -> new Literal.Num(new BigDecimal(in.next().text()));
            case DATE, DATE_TIME, TIME -> temporal(in.next());
            case NAME -> word(in.next());
            default -> throw in.unexpected(token);
        };
    }

    /** {@code ('a', 'b')}. */
    List<Literal> list() {
        in.expectSymbol("(");
        List<Literal> values = new ArrayList<>();
        do {
            values.add(value(false));
        } while (in.acceptSymbol(","));
        in.expectSymbol(")");
        return List.copyOf(values);
    }

    private Literal word(Token token) {
        if (token.isWord("NULL")) {
            return new Literal.Null();
        }
        if (token.isWord("TRUE") || token.isWord("FALSE")) {
            return new Literal.Bool(token.isWord("TRUE"));
        }
        DateLiteral literal = DateLiteral.named(token.text()).orElseThrow(() -> notALiteral(token));
        if (!literal.takesNumber()) {
            return new Literal.Relative(literal, 0);
        }
        in.expectSymbol(":");
        Token number = in.peek();
        if (number.kind() != Kind.NUMBER || !number.text().matches("\\d{1,6}")) {
            throw in.unexpected(number);
        }
        return new Literal.Relative(literal, Integer.parseInt(in.next().text()));
    }

    private SoqlException notALiteral(Token token) {
        if (token.text().matches("[A-Za-z]{3}[0-9]+(\\.[0-9]+)?")) {
            return SoqlException.unsupported("currency literals: " + token.text());
        }
        return in.unexpected(token);
    }

    private Literal temporal(Token token) {
        try {
            return switch (token.kind()) {
                case DATE -> new Literal.Day(inRange(LocalDate.parse(token.text()), token));
                case TIME ->
                    new Literal.TimeOfDay(LocalTime.parse(
                            token.text().substring(0, token.text().length() - 1)));
                default -> {
                    OffsetDateTime moment = OffsetDateTime.parse(token.text(), DATE_TIME);
                    inRange(moment.toLocalDate(), token);
                    yield new Literal.Moment(moment.toInstant());
                }
            };
        } catch (DateTimeException e) {
            throw invalidDate(token);
        }
    }

    private LocalDate inRange(LocalDate date, Token token) {
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            throw invalidDate(token);
        }
        return date;
    }

    private SoqlException invalidDate(Token token) {
        return SoqlException.malformedAt(
                in.statement(),
                token.position(),
                "Invalid " + (token.kind() == Kind.DATE ? "date" : "datetime") + ": " + token.text());
    }

    /**
     * The escapes of string literals (SOQL and SOSL Reference: Quoted String Escape Sequences). A backslash before anything
     * that is not listed there is an error.
     */
    static final class StringEscapes {
        private StringEscapes() {}

        /**
         * The characters that a literal stands for.
         *
         * @param raw the text between the quotes
         * @param like whether the literal is a LIKE pattern: only there may the wildcards be escaped, and those two escapes
         *     stay in the result for {@link LikePattern} to read, a backslash being doubled
         */
        static String unescape(String raw, boolean like) {
            if (raw.indexOf('\\') < 0) {
                return checkedLength(raw);
            }
            StringBuilder text = new StringBuilder(raw.length());
            for (int i = 0; i < raw.length(); i++) {
                char c = raw.charAt(i);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                char escape = raw.charAt(++i);
                switch (escape) {
                    case 'n', 'N' -> text.append('\n');
                    case 'r', 'R' -> text.append('\r');
                    case 't', 'T' -> text.append('\t');
                    case 'b', 'B' -> text.append('\u0007');
                    case 'f', 'F' -> text.append('\f');
                    case '"', '\'' -> text.append(escape);
                    case '\\' -> text.append(like ? "\\\\" : "\\");
                    case 'u', 'U' -> {
                        text.append(unicode(raw, i + 1));
                        i += 4;
                    }
                    case '_', '%' -> {
                        if (!like) {
                            throw illegal(raw, escape);
                        }
                        text.append('\\').append(escape);
                    }
                    default -> throw illegal(raw, escape);
                }
            }
            return checkedLength(text.toString());
        }

        private static char unicode(String raw, int from) {
            String hex = raw.substring(Math.min(from, raw.length()), Math.min(from + 4, raw.length()));
            if (!hex.matches("[0-9A-Fa-f]{4}")) {
                throw illegal(raw, 'u');
            }
            return (char) Integer.parseInt(hex, 16);
        }

        private static SoqlException illegal(String raw, char escape) {
            return SoqlException.malformed("Invalid string literal '" + raw + "'. Illegal character sequence '\\"
                    + escape + "' in string literal.");
        }

        // The text of this refusal is not documented; the limit is (SOQL and SOSL Limits for Search Queries).
        private static String checkedLength(String text) {
            if (text.length() > Lexer.MAX_STRING) {
                throw SoqlException.malformed("String literals in a WHERE clause can not be longer than "
                        + Lexer.MAX_STRING + " characters: found " + text.length());
            }
            return text;
        }
    }
}
