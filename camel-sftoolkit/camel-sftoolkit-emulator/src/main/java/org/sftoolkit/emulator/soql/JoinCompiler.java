package org.sftoolkit.emulator.soql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * Semi-joins and anti-joins: {@code Id IN (SELECT AccountId FROM Contact ...)}, with their limits (SOQL and SOSL Reference:
 * Semi-Joins with IN and Anti-Joins with NOT IN).
 */
final class JoinCompiler {
    private static final int MAX_JOINS = 2;

    private final Planner planner;
    private final String statement;
    private final QueryContext context;

    JoinCompiler(Planner planner, String statement, QueryContext context) {
        this.planner = planner;
        this.statement = statement;
        this.context = context;
    }

    /** Refuses joins if the condition has too many of them, or has them in the wrong place. */
    void check(Condition where, ObjectSchema outer) {
        if (count(where, outer, null) > MAX_JOINS) {
            throw SoqlException.malformed("Maximum " + MAX_JOINS + " semi join sub-selects are allowed");
        }
    }

    private int count(Condition condition, ObjectSchema outer, String within) {
        if (condition instanceof Condition.And and) {
            return count(and.parts(), outer, within);
        }
        if (condition instanceof Condition.Or or) {
            return count(or.parts(), outer, "OR");
        }
        if (condition instanceof Condition.Not not) {
            return count(not.part(), outer, "NOT");
        }
        if (!(condition instanceof Condition.InQuery in)) {
            return 0;
        }
        if (within != null) {
            throw SoqlException.malformedAt(
                    statement,
                    in.queryPosition(),
                    "Semi join sub-selects are not allowed with the '" + within + "' operator");
        }
        if (in.query().from().name().equalsIgnoreCase(outer.name())) {
            throw SoqlException.malformedAt(
                    statement, in.queryPosition(), "The inner and outer selects should not be on the same object type");
        }
        return 1;
    }

    private int count(List<Condition> parts, ObjectSchema outer, String within) {
        return parts.stream().mapToInt(part -> count(part, outer, within)).sum();
    }

    /** The ids that the inner SELECT gives; nulls among them are left out. */
    Set<Object> values(Condition.InQuery join, Column<?> outer) {
        Query query = join.query();
        Scope scope = planner.scope(query);
        checkInner(join);
        Expression.Path path =
                (Expression.Path) ((SelectItem.Value) query.select().get(0)).expression();
        Column<Row> inner = scope.names().column(scope.plain(path));
        if (outer.kind() != ValueKind.ID || inner.kind() != ValueKind.ID || !meet(outer, inner)) {
            throw SoqlException.malformedAt(
                    statement,
                    join.queryPosition(),
                    "The selected field '" + path.dotted()
                            + "' in the subquery and the left operand field in the where expression in the outer query"
                            + " '" + outer.name() + "' should point to the same object type");
        }
        Set<Object> ids = new HashSet<>();
        var filter = planner.filter(query, scope);
        for (Row row : Candidates.of(query, scope)) {
            if (filter.test(row)) {
                ids.add(inner.of(row));
            }
        }
        ids.remove(null);
        return ids;
    }

    private void checkInner(Condition.InQuery join) {
        Query query = join.query();
        boolean single = query.select().size() == 1
                && query.select().get(0) instanceof SelectItem.Value value
                && value.expression() instanceof Expression.Path;
        if (!single) {
            throw SoqlException.malformedAt(
                    statement,
                    join.queryPosition(),
                    "semi join sub-selects can only have one field in the SELECT list");
        }
        boolean plain = query.orderBy().isEmpty()
                && query.limit().isEmpty()
                && query.offset().isEmpty()
                && query.groupBy().isEmpty()
                && query.modifiers().isEmpty()
                && query.scope().isEmpty();
        if (!plain) {
            throw SoqlException.malformedAt(
                    statement, join.queryPosition(), "semi join sub-selects can only have a WHERE clause");
        }
        if (query.where().isPresent() && depth(query.where().get()) > 1) {
            throw SoqlException.malformedAt(
                    statement, join.queryPosition(), "Nesting of semi join sub-selects is not supported");
        }
    }

    /** How many joins stand within each other: two levels are understood. */
    private static int depth(Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.parts().stream().mapToInt(JoinCompiler::depth).max().orElse(0);
        }
        if (condition instanceof Condition.Or or) {
            return or.parts().stream().mapToInt(JoinCompiler::depth).max().orElse(0);
        }
        if (condition instanceof Condition.Not not) {
            return depth(not.part());
        }
        return condition instanceof Condition.InQuery in
                ? 1 + in.query().where().map(JoinCompiler::depth).orElse(0)
                : 0;
    }

    private boolean meet(Column<?> outer, Column<?> inner) {
        Set<String> targets = targets(outer);
        Set<String> others = targets(inner);
        return targets.isEmpty() || others.isEmpty() || targets.stream().anyMatch(others::contains);
    }

    /** The objects that an id of this column can belong to; empty for any object. */
    @SuppressWarnings("ReferenceEquality") // the field of this object, not one like it of another
    private Set<String> targets(Column<?> column) {
        FieldSchema field = column.field();
        if (field == null) {
            return Set.of();
        }
        if (field.type() != FieldType.ID) {
            return Set.copyOf(field.referenceTo());
        }
        return context.org().schema().objects().stream()
                .filter(object -> object.field("Id").filter(id -> id == field).isPresent())
                .map(ObjectSchema::name)
                .findFirst()
                .map(Set::of)
                .orElse(Set.of());
    }
}
