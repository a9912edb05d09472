package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of a statement without its values: two statements that differ only in their literals have equal structures.
 * Made for tests that a value put into a statement stayed one value. Immutable and thread-safe.
 *
 * @param text a normalised form of the statement in which every literal of a kind reads alike ({@code <text>},
 *     {@code <number>}) and IN lists keep their length
 */
public record SoqlStructure(String text) {

    /**
     * Parses the statement; names are not resolved, so no schema is needed.
     *
     * @throws SoqlException with {@code MALFORMED_QUERY} if it is not SOQL
     */
    public static SoqlStructure of(String statement) {
        return new SoqlStructure(query(Parser.parse(statement)));
    }

    private static String query(Query query) {
        StringBuilder text = new StringBuilder("SELECT ");
        text.append(query.select().stream().map(SoqlStructure::item).collect(Collectors.joining(", ")));
        text.append(" FROM ").append(query.from().name());
        query.from().alias().ifPresent(alias -> text.append(" ").append(alias));
        query.aliases().forEach(alias -> text.append(", ")
                .append(alias.path().dotted())
                .append(" ")
                .append(alias.alias()));
        query.scope().ifPresent(scope -> text.append(" USING SCOPE ").append(scope));
        query.where().ifPresent(where -> text.append(" WHERE ").append(condition(where)));
        if (!query.groupBy().isEmpty()) {
            text.append(" GROUP BY ").append(expressions(query.groupBy()));
        }
        query.having().ifPresent(having -> text.append(" HAVING ").append(condition(having)));
        if (!query.orderBy().isEmpty()) {
            text.append(" ORDER BY ")
                    .append(query.orderBy().stream().map(SoqlStructure::key).collect(Collectors.joining(", ")));
        }
        query.limit().ifPresent(limit -> text.append(" LIMIT <number>"));
        query.offset().ifPresent(offset -> text.append(" OFFSET <number>"));
        query.modifiers().forEach(modifier -> text.append(" ").append(modifier));
        return text.toString();
    }

    private static String item(SelectItem item) {
        if (item instanceof SelectItem.Value value) {
            return expression(value.expression())
                    + value.alias().map(a -> " " + a).orElse("");
        }
        if (item instanceof SelectItem.Subquery subquery) {
            return "(" + query(subquery.query()) + ")";
        }
        if (item instanceof SelectItem.Fields fields) {
            return "FIELDS(" + fields.group() + ")";
        }
        if (item instanceof SelectItem.Typeof typeof) {
            String whens = typeof.whens().stream()
                    .map(when -> "WHEN " + when.type() + " THEN " + expressions(when.fields()) + " ")
                    .collect(Collectors.joining());
            String otherwise = typeof.otherwise().isEmpty() ? "" : "ELSE " + expressions(typeof.otherwise()) + " ";
            return "TYPEOF " + typeof.relationship() + " " + whens + otherwise + "END";
        }
        return "COUNT()";
    }

    private static String key(Query.OrderKey key) {
        return expression(key.expression()) + (key.descending() ? " DESC" : " ASC") + " NULLS "
                + (key.nullsFirst() ? "FIRST" : "LAST");
    }

    private static String condition(Condition condition) {
        if (condition instanceof Condition.And and) {
            return joined(and.parts(), " AND ");
        }
        if (condition instanceof Condition.Or or) {
            return joined(or.parts(), " OR ");
        }
        if (condition instanceof Condition.Not not) {
            return "(NOT " + condition(not.part()) + ")";
        }
        if (condition instanceof Condition.Compare compare) {
            return expression(compare.left()) + " " + compare.operator().symbol() + " " + literal(compare.value());
        }
        if (condition instanceof Condition.InList in) {
            return expression(in.left()) + (in.negated() ? " NOT IN " : " IN ") + literals(in.values());
        }
        if (condition instanceof Condition.Includes includes) {
            return expression(includes.left())
                    + (includes.negated() ? " EXCLUDES " : " INCLUDES ")
                    + literals(includes.values());
        }
        Condition.InQuery in = (Condition.InQuery) condition;
        return expression(in.left()) + (in.negated() ? " NOT IN (" : " IN (") + query(in.query()) + ")";
    }

    private static String joined(List<Condition> parts, String word) {
        return parts.stream().map(SoqlStructure::condition).collect(Collectors.joining(word, "(", ")"));
    }

    private static String expressions(List<? extends Expression> expressions) {
        return expressions.stream().map(SoqlStructure::expression).collect(Collectors.joining(", "));
    }

    private static String expression(Expression expression) {
        if (expression instanceof Expression.Path path) {
            return path.dotted();
        }
        if (expression instanceof Expression.Call call) {
            return call.name() + "(" + expressions(call.arguments()) + ")";
        }
        return literal(((Expression.Constant) expression).value());
    }

    private static String literals(List<Literal> values) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> literal(values.get(i)))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String literal(Literal literal) {
        if (literal instanceof Literal.Null) {
            return "null";
        }
        if (literal instanceof Literal.Relative relative) {
            return relative.word().name();
        }
        String name = literal.getClass().getSimpleName();
        return "<" + name.toLowerCase(Locale.ROOT) + ">";
    }
}
