package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** A constant of a statement. */
sealed interface Literal {
    /** @param value the characters meant; of a LIKE pattern, the pattern with its wildcard escapes */
    record Text(String value) implements Literal {}

    record Num(BigDecimal value) implements Literal {}

    record Bool(boolean value) implements Literal {}

    record Null() implements Literal {}

    record Day(LocalDate value) implements Literal {}

    record Moment(Instant value) implements Literal {}

    record TimeOfDay(LocalTime value) implements Literal {}

    /** {@code TODAY}, {@code LAST_N_DAYS:30}; {@code n} is 0 if the word takes no number. */
    record Relative(DateLiteral word, int n) implements Literal {}
}
