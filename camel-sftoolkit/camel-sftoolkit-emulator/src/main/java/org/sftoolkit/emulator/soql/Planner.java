package org.sftoolkit.emulator.soql;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/** Resolves the clauses of one statement against the schema, and refuses what the schema or the rules forbid. */
final class Planner {
    private static final long MAX_OFFSET = 2_000;
    private static final int MAX_CHILD_LEVELS = 5;

    private final String statement;
    private final QueryContext context;
    private final JoinCompiler joins;

    Planner(String statement, QueryContext context) {
        this.statement = statement;
        this.context = context;
        this.joins = new JoinCompiler(this, statement, context);
    }

    /** The scope of the object that FROM names. */
    Scope scope(Query query) {
        String name = query.from().name();
        ObjectSchema object = context.org()
                .schema()
                .object(name)
                .orElseThrow(() -> SoqlException.at(
                        statement,
                        query.from().position(),
                        "INVALID_TYPE",
                        "sObject type '" + name
                                + "' is not supported. If you are attempting to use a custom object, be sure to append"
                                + " the '__c' after the entity name. Please reference your WSDL or the describe call"
                                + " for the appropriate names."));
        if (!object.is("queryable")) {
            throw new SoqlException(
                    "INVALID_TYPE_FOR_OPERATION", "entity type " + object.name() + " does not support query");
        }
        return new Scope(statement, context, object, query);
    }

    RowPlan rowPlan(Query query, Scope scope) {
        return rowPlan(query, scope, 0);
    }

    /** @param parent the SELECT around the subquery */
    RowPlan childPlan(Query query, ObjectSchema object, Query parent, int depth) {
        if (depth > MAX_CHILD_LEVELS - 1) {
            throw SoqlException.malformed(
                    "SOQL statements cannot query relationships more than " + MAX_CHILD_LEVELS + " levels down");
        }
        if (query.isCountAll() || !query.groupBy().isEmpty() || GroupCompiler.hasAggregate(query)) {
            throw SoqlException.malformed("Aggregate expressions are not supported in a child subquery");
        }
        if (query.scope().isPresent()) {
            throw SoqlException.unsupported("USING SCOPE in a child subquery");
        }
        if (query.offset().isPresent() && parent.limit().orElse(0) != 1) {
            throw SoqlException.malformed("OFFSET in a subquery is only allowed where the parent query has LIMIT 1");
        }
        return rowPlan(query, new Scope(statement, context, object, query), depth);
    }

    private RowPlan rowPlan(Query query, Scope scope, int depth) {
        Shape shape = new SelectCompiler(this, query, scope, depth).shape();
        return new RowPlan(
                context,
                scope.object(),
                shape,
                filter(query, scope),
                order(query, scope),
                offset(query),
                query.limit().orElse(Long.MAX_VALUE));
    }

    Predicate<Row> filter(Query query, Scope scope) {
        Predicate<Row> scoped =
                query.scope().map(name -> usingScope(name, scope)).orElse(row -> true);
        if (query.where().isEmpty()) {
            return scoped;
        }
        Condition where = query.where().get();
        joins.check(where, scope.object());
        Predicate<Row> condition =
                new FilterCompiler<>(statement, context, new RowResolver(scope), joins::values).compile(where);
        return query.scope().isPresent() ? scoped.and(condition) : condition;
    }

    private Predicate<Row> usingScope(String name, Scope scope) {
        if (name.equalsIgnoreCase("everything")) {
            return row -> true;
        }
        if (!name.equalsIgnoreCase("mine")) {
            throw SoqlException.unsupported("USING SCOPE " + name);
        }
        Column<Row> owner = scope.names().field("OwnerId", 0);
        return row -> context.userId().equals(owner.of(row));
    }

    private Optional<Comparator<Row>> order(Query query, Scope scope) {
        if (query.orderBy().isEmpty()) {
            return Optional.empty();
        }
        RowResolver resolver = new RowResolver(scope);
        List<Column<Row>> columns = query.orderBy().stream()
                .map(key -> sortable(resolver.resolve(key.expression()), key.expression()))
                .toList();
        return Optional.of(Ordering.keys(columns, query.orderBy()));
    }

    /** Checks that a column can be sorted by. */
    <T> Column<T> sortable(Column<T> column, Expression expression) {
        boolean sortable = column.kind() != ValueKind.OPAQUE
                && column.kind() != ValueKind.MULTIPICKLIST
                && !FilterCompiler.isLongText(column)
                && (column.field() == null || column.field().sortable());
        if (!sortable) {
            throw SoqlException.malformedAt(
                    statement,
                    expression.position(),
                    "field '" + column.name() + "' can not be sorted in a query call");
        }
        return column;
    }

    long offset(Query query) {
        long offset = query.offset().orElse(0);
        if (offset > MAX_OFFSET) {
            throw new SoqlException("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is " + MAX_OFFSET);
        }
        return offset;
    }

    /** HAVING compares groups, and groups have no ids to join by. */
    @SuppressWarnings("DoNotCallSuggester") // stands in for a function that answers
    static <T> Set<Object> noJoins(Condition.InQuery join, Column<T> column) {
        throw SoqlException.malformed("Semi join sub-selects are not allowed in HAVING");
    }
}
