package org.sftoolkit.emulator.soql;

import java.util.Locale;
import java.util.Optional;

/**
 * The words that stand for a range of days (SOQL and SOSL Reference: Date Formats and Date Literals in WHERE).
 *
 * <p>The fiscal year of the emulated org is the calendar year.
 */
enum DateLiteral {
    YESTERDAY(Unit.DAY, Shape.OFFSET, -1),
    TODAY(Unit.DAY, Shape.OFFSET, 0),
    TOMORROW(Unit.DAY, Shape.OFFSET, 1),
    LAST_WEEK(Unit.WEEK, Shape.OFFSET, -1),
    THIS_WEEK(Unit.WEEK, Shape.OFFSET, 0),
    NEXT_WEEK(Unit.WEEK, Shape.OFFSET, 1),
    LAST_MONTH(Unit.MONTH, Shape.OFFSET, -1),
    THIS_MONTH(Unit.MONTH, Shape.OFFSET, 0),
    NEXT_MONTH(Unit.MONTH, Shape.OFFSET, 1),
    LAST_QUARTER(Unit.QUARTER, Shape.OFFSET, -1),
    THIS_QUARTER(Unit.QUARTER, Shape.OFFSET, 0),
    NEXT_QUARTER(Unit.QUARTER, Shape.OFFSET, 1),
    LAST_YEAR(Unit.YEAR, Shape.OFFSET, -1),
    THIS_YEAR(Unit.YEAR, Shape.OFFSET, 0),
    NEXT_YEAR(Unit.YEAR, Shape.OFFSET, 1),
    LAST_FISCAL_QUARTER(Unit.QUARTER, Shape.OFFSET, -1),
    THIS_FISCAL_QUARTER(Unit.QUARTER, Shape.OFFSET, 0),
    NEXT_FISCAL_QUARTER(Unit.QUARTER, Shape.OFFSET, 1),
    LAST_FISCAL_YEAR(Unit.YEAR, Shape.OFFSET, -1),
    THIS_FISCAL_YEAR(Unit.YEAR, Shape.OFFSET, 0),
    NEXT_FISCAL_YEAR(Unit.YEAR, Shape.OFFSET, 1),
    LAST_90_DAYS(Unit.DAY, Shape.LAST, 90),
    NEXT_90_DAYS(Unit.DAY, Shape.NEXT, 90),
    LAST_N_DAYS(Unit.DAY, Shape.LAST_N),
    NEXT_N_DAYS(Unit.DAY, Shape.NEXT_N),
    N_DAYS_AGO(Unit.DAY, Shape.AGO),
    LAST_N_WEEKS(Unit.WEEK, Shape.LAST_N),
    NEXT_N_WEEKS(Unit.WEEK, Shape.NEXT_N),
    N_WEEKS_AGO(Unit.WEEK, Shape.AGO),
    LAST_N_MONTHS(Unit.MONTH, Shape.LAST_N),
    NEXT_N_MONTHS(Unit.MONTH, Shape.NEXT_N),
    N_MONTHS_AGO(Unit.MONTH, Shape.AGO),
    LAST_N_QUARTERS(Unit.QUARTER, Shape.LAST_N),
    NEXT_N_QUARTERS(Unit.QUARTER, Shape.NEXT_N),
    N_QUARTERS_AGO(Unit.QUARTER, Shape.AGO),
    LAST_N_YEARS(Unit.YEAR, Shape.LAST_N),
    NEXT_N_YEARS(Unit.YEAR, Shape.NEXT_N),
    N_YEARS_AGO(Unit.YEAR, Shape.AGO),
    LAST_N_FISCAL_QUARTERS(Unit.QUARTER, Shape.LAST_N),
    NEXT_N_FISCAL_QUARTERS(Unit.QUARTER, Shape.NEXT_N),
    N_FISCAL_QUARTERS_AGO(Unit.QUARTER, Shape.AGO),
    LAST_N_FISCAL_YEARS(Unit.YEAR, Shape.LAST_N),
    NEXT_N_FISCAL_YEARS(Unit.YEAR, Shape.NEXT_N),
    N_FISCAL_YEARS_AGO(Unit.YEAR, Shape.AGO);

    enum Unit {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    /** How the number relates to the current unit; the {@code _N} shapes take theirs from the statement. */
    enum Shape {
        OFFSET,
        LAST,
        NEXT,
        LAST_N,
        NEXT_N,
        AGO
    }

    private final Unit unit;
    private final Shape shape;
    private final int fixed;

    DateLiteral(Unit unit, Shape shape) {
        this(unit, shape, 0);
    }

    DateLiteral(Unit unit, Shape shape, int fixed) {
        this.unit = unit;
        this.shape = shape;
        this.fixed = fixed;
    }

    Unit unit() {
        return unit;
    }

    Shape shape() {
        return shape;
    }

    /** The number of units of a shape that does not take it from the statement. */
    int fixed() {
        return fixed;
    }

    boolean takesNumber() {
        return shape == Shape.LAST_N || shape == Shape.NEXT_N || shape == Shape.AGO;
    }

    static Optional<DateLiteral> named(String word) {
        try {
            return Optional.of(valueOf(word.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
