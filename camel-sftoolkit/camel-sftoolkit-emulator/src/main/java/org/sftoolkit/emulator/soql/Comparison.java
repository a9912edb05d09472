package org.sftoolkit.emulator.soql;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.soql.Condition.Operator;

/**
 * Tests of one column against constants, by the type of the column (SOQL and SOSL Reference: Comparison Operators). A
 * constant of another type is an error, never a conversion.
 *
 * @param <T> what the column is read from
 */
final class Comparison<T> {
    private final String statement;
    private final QueryContext context;
    private final Column<T> column;
    private final int position;

    Comparison(String statement, QueryContext context, Column<T> column, int position) {
        this.statement = statement;
        this.context = context;
        this.column = column;
        this.position = position;
    }

    Predicate<T> test(Operator operator, Literal literal) {
        if (operator == Operator.LIKE) {
            return like(literal);
        }
        if (operator.isEquality()) {
            Predicate<T> equal = equal(literal);
            return operator == Operator.EQUAL ? equal : equal.negate();
        }
        return ordered(operator, literal);
    }

    /** IN a list of constants: equal to one of them. */
    Predicate<T> in(List<Literal> literals) {
        if (column.kind() == ValueKind.MULTIPICKLIST) {
            throw invalidOperator();
        }
        if (literals.stream().anyMatch(Literal.Relative.class::isInstance)) {
            List<Predicate<T>> each = literals.stream().map(this::equal).toList();
            return source -> each.stream().anyMatch(one -> one.test(source));
        }
        Set<Object> keys = new HashSet<>();
        literals.forEach(literal -> keys.add(key(literal)));
        return source -> keys.contains(column.comparable(source));
    }

    private Predicate<T> equal(Literal literal) {
        if (literal instanceof Literal.Relative relative) {
            DateRange range = range(relative);
            return source -> {
                LocalDate day = day(column.of(source));
                return day != null && range.contains(day);
            };
        }
        if (column.kind() == ValueKind.MULTIPICKLIST && literal instanceof Literal.Text text) {
            Set<String> wanted = entries(text.value());
            return source -> {
                Object value = column.of(source);
                return value == null ? wanted.isEmpty() : wanted.equals(entries((String) value));
            };
        }
        Object key = key(literal);
        return key == null
                ? source -> column.comparable(source) == null
                : source -> key.equals(column.comparable(source));
    }

    private Predicate<T> ordered(Operator operator, Literal literal) {
        if (literal instanceof Literal.Null
                || column.kind() == ValueKind.BOOLEAN
                || column.kind() == ValueKind.MULTIPICKLIST) {
            throw invalidOperator();
        }
        if (literal instanceof Literal.Relative relative) {
            return ordered(operator, range(relative));
        }
        Object limit = key(literal);
        IntPredicate holds = holds(operator);
        Comparator<Object> order = column.kind() == ValueKind.TEXT
                ? Ordering.text(column.caseSensitive())
                : Ordering.values(new Column<>(column.name(), column.type(), null, column.read()));
        return source -> {
            Object value = column.key(source);
            return value != null && limit != null && holds.test(order.compare(value, limit));
        };
    }

    /** A range has the part before it, itself and the part after it; {@code <=} is the first two. */
    private Predicate<T> ordered(Operator operator, DateRange range) {
        return source -> {
            LocalDate day = day(column.of(source));
            if (day == null) {
                return false;
            }
            return switch (operator) {
                case LESS -> day.isBefore(range.first());
                case LESS_OR_EQUAL -> day.isBefore(range.end());
                case GREATER -> !day.isBefore(range.end());
                default -> !day.isBefore(range.first());
            };
        };
    }

    private static IntPredicate holds(Operator operator) {
        return switch (operator) {
            case LESS -> c -> c < 0;
            case LESS_OR_EQUAL -> c -> c <= 0;
            case GREATER -> c -> c > 0;
            default -> c -> c >= 0;
        };
    }

    private Predicate<T> like(Literal literal) {
        if (column.kind() != ValueKind.TEXT) {
            throw invalidOperator();
        }
        if (!(literal instanceof Literal.Text text)) {
            throw wrongType(statement, position, column);
        }
        LikePattern pattern = new LikePattern(text.value());
        return source -> column.of(source) instanceof String value && pattern.test(value);
    }

    private DateRange range(Literal.Relative relative) {
        if (column.kind() != ValueKind.DATE && column.kind() != ValueKind.DATETIME) {
            throw wrongType(statement, position, column);
        }
        return DateRange.of(relative, context.today());
    }

    /** The day of a value, of a moment in the user's time zone. */
    private LocalDate day(Object value) {
        return value instanceof Instant instant ? LocalDate.ofInstant(instant, context.zone()) : (LocalDate) value;
    }

    private Object key(Literal literal) {
        if (literal instanceof Literal.Null) {
            return column.kind() == ValueKind.BOOLEAN ? Boolean.FALSE : null;
        }
        ValueKind kind = column.kind();
        Object value =
                switch (kind) {
                    case TEXT, MULTIPICKLIST -> literal instanceof Literal.Text text ? text.value() : null;
                    case ID -> literal instanceof Literal.Text text ? id(text.value()) : null;
                    case NUMBER -> literal instanceof Literal.Num number ? number.value() : null;
                    case BOOLEAN -> literal instanceof Literal.Bool bool ? (Object) bool.value() : null;
                    case DATE -> literal instanceof Literal.Day day ? day.value() : null;
                    case DATETIME -> literal instanceof Literal.Moment moment ? moment.value() : null;
                    case TIME -> literal instanceof Literal.TimeOfDay time ? time.value() : null;
                    case OPAQUE -> null;
                };
        if (value == null) {
            throw wrongType(statement, position, column);
        }
        return kind.key(value, column.caseSensitive());
    }

    private String id(String text) {
        return RecordIds.normalised(text)
                .orElseThrow(() -> new SoqlException("INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: " + text));
    }

    private SoqlException invalidOperator() {
        return SoqlException.at(
                statement,
                position,
                "INVALID_QUERY_FILTER_OPERATOR",
                "invalid operator on " + column.type().wireName() + " field");
    }

    static SoqlException wrongType(String statement, int position, Column<?> column) {
        ValueKind kind = column.kind();
        return SoqlException.at(
                statement,
                position,
                "INVALID_FIELD",
                "value of filter criterion for field '" + column.name() + "' must be of type "
                        + kind.typeWord(column.type()) + " and should "
                        + (kind.isQuoted() ? "" : "not ") + "be enclosed in quotes");
    }

    /** The entries of a multi-select value, in a set that knows no case. */
    static Set<String> entries(String value) {
        Set<String> entries = new TreeSet<>();
        for (String entry : value.split(";")) {
            if (!entry.isBlank()) {
                entries.add(entry.strip().toLowerCase(Locale.ROOT));
            }
        }
        return entries;
    }

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
}
