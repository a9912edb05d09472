package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sftoolkit.emulator.org.FieldType;

/**
 * Turns a condition into a test of rows, or of groups of rows. Conditions know two values only: a comparison that does
 * not hold for null is false, and {@code !=}, NOT and NOT IN hold wherever their opposite does not.
 *
 * @param <T> what is tested
 */
final class FilterCompiler<T> {
    private final String statement;
    private final QueryContext context;
    private final Resolver<T> resolver;
    private final BiFunction<Condition.InQuery, Column<T>, Set<Object>> joins;

    /** @param joins finds the values that the SELECT of a semi-join gives, or refuses the join */
    FilterCompiler(
            String statement,
            QueryContext context,
            Resolver<T> resolver,
            BiFunction<Condition.InQuery, Column<T>, Set<Object>> joins) {
        this.statement = statement;
        this.context = context;
        this.resolver = resolver;
        this.joins = joins;
    }

    Predicate<T> compile(Condition condition) {
        if (condition instanceof Condition.And and) {
            List<Predicate<T>> parts = and.parts().stream().map(this::compile).toList();
            return source -> parts.stream().allMatch(part -> part.test(source));
        }
        if (condition instanceof Condition.Or or) {
            List<Predicate<T>> parts = or.parts().stream().map(this::compile).toList();
            return source -> parts.stream().anyMatch(part -> part.test(source));
        }
        if (condition instanceof Condition.Not not) {
            return compile(not.part()).negate();
        }
        if (condition instanceof Condition.Compare compare) {
            Column<T> column = filterable(compare.left());
            return new Comparison<>(statement, context, column, compare.left().position())
                    .test(compare.operator(), compare.value());
        }
        if (condition instanceof Condition.InList in) {
            Column<T> column = filterable(in.left());
            Predicate<T> found =
                    new Comparison<>(statement, context, column, in.left().position()).in(in.values());
            return in.negated() ? found.negate() : found;
        }
        if (condition instanceof Condition.Includes includes) {
            return includes(includes);
        }
        Condition.InQuery in = (Condition.InQuery) condition;
        Column<T> column = filterable(in.left());
        Set<Object> ids = joins.apply(in, column);
        Predicate<T> found = source -> {
            Object key = column.key(source);
            return key != null && ids.contains(key);
        };
        return in.negated() ? found.negate() : found;
    }

    private Predicate<T> includes(Condition.Includes includes) {
        Column<T> column = filterable(includes.left());
        if (column.kind() != ValueKind.MULTIPICKLIST) {
            throw new SoqlException(
                    "INVALID_QUERY_FILTER_OPERATOR",
                    "INCLUDES and EXCLUDES are allowed on multi-select picklist fields only: " + column.name());
        }
        List<Set<String>> wanted = includes.values().stream()
                .map(value -> Comparison.entries(text(value, includes.left().position(), column)))
                .collect(Collectors.toList());
        Predicate<T> found = source -> {
            Object value = column.of(source);
            Set<String> held = value == null ? Set.of() : Comparison.entries((String) value);
            return wanted.stream().anyMatch(held::containsAll);
        };
        return includes.negated() ? found.negate() : found;
    }

    private String text(Literal value, int position, Column<T> column) {
        if (value instanceof Literal.Text text) {
            return text.value();
        }
        throw Comparison.wrongType(statement, position, column);
    }

    private Column<T> filterable(Expression left) {
        if (left instanceof Expression.Call call && Functions.isConversion(call)) {
            throw SoqlException.malformedAt(
                    statement, call.position(), "convertCurrency can not be used in a WHERE clause");
        }
        Column<T> column = resolver.resolve(left);
        boolean filterable = column.kind() != ValueKind.OPAQUE
                && (column.field() == null || column.field().filterable())
                && !isLongText(column);
        if (!filterable) {
            throw SoqlException.at(
                    statement,
                    left.position(),
                    "INVALID_FIELD",
                    "field '" + column.name() + "' can not be filtered in a query call");
        }
        return column;
    }

    /** Long text areas can be read but neither filtered, sorted nor grouped. */
    static boolean isLongText(Column<?> column) {
        return column.type() == FieldType.TEXTAREA
                && column.field() != null
                && column.field().length() > 255;
    }
}
