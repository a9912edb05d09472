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
}
