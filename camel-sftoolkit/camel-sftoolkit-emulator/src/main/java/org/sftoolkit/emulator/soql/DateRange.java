package org.sftoolkit.emulator.soql;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/**
 * The days that a date literal stands for. Weeks begin on Sunday, as in the locale en_US.
 *
 * @param first first day
 * @param end day after the last
 */
record DateRange(LocalDate first, LocalDate end) {

    static DateRange of(Literal.Relative literal, LocalDate today) {
        DateLiteral word = literal.word();
        int n = word.takesNumber() ? literal.n() : word.fixed();
        DateLiteral.Unit unit = word.unit();
        LocalDate current = start(unit, today);
        return switch (word.shape()) {
            case OFFSET -> units(unit, current, n, n + 1);
            case AGO -> units(unit, current, -n, -n + 1);
            case NEXT, NEXT_N -> units(unit, current, 1, n + 1);
            // Of the LAST_N words only those counting days include the current unit.
            case LAST, LAST_N -> units(unit, current, -n, unit == DateLiteral.Unit.DAY ? 1 : 0);
        };
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(first) && day.isBefore(end);
    }

    private static DateRange units(DateLiteral.Unit unit, LocalDate current, int from, int to) {
        return new DateRange(plus(unit, current, from), plus(unit, current, to));
    }

    private static LocalDate start(DateLiteral.Unit unit, LocalDate day) {
        return switch (unit) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    private static LocalDate plus(DateLiteral.Unit unit, LocalDate day, int n) {
        return switch (unit) {
            case DAY -> day.plusDays(n);
            case WEEK -> day.plusWeeks(n);
            case MONTH -> day.plusMonths(n);
            case QUARTER -> day.plusMonths(3L * n);
            case YEAR -> day.plusYears(n);
        };
    }
}
