package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.Row;

/** Resolves a query with GROUP BY or with aggregate functions (SOQL and SOSL Reference: GROUP BY; HAVING). */
final class GroupCompiler implements Resolver<GroupRow> {
    private final Planner planner;
    private final Query query;
    private final Scope scope;
    private final Functions functions;
    private final RowResolver rows;
    private final List<String> keyNames = new ArrayList<>();
    private final List<Column<Row>> keys = new ArrayList<>();
    private final List<String> aggregateNames = new ArrayList<>();
    private final List<GroupPlan.Aggregate> aggregates = new ArrayList<>();

    GroupCompiler(Planner planner, Query query, Scope scope) {
        this.planner = planner;
        this.query = query;
        this.scope = scope;
        this.functions = new Functions(scope.statement(), scope.context());
        this.rows = new RowResolver(scope);
    }

    /** Whether the SELECT list has an aggregate function, alone or inside another function. */
    static boolean hasAggregate(Query query) {
        return query.select().stream()
                .anyMatch(item -> item instanceof SelectItem.Value value && isAggregate(value.expression()));
    }

    private static boolean isAggregate(Expression expression) {
        return expression instanceof Expression.Call call
                && (AggregateFunction.named(call.name()).isPresent()
                        || call.arguments().stream().anyMatch(GroupCompiler::isAggregate));
    }

    GroupPlan plan() {
        if (query.groupBy().isEmpty() && query.limit().isPresent()) {
            throw SoqlException.malformed(
                    "Non-grouped query that uses overall aggregate functions cannot also use LIMIT");
        }
        query.groupBy().forEach(this::groupBy);
        Map<String, Column<GroupRow>> outputs = outputs();
        Predicate<GroupRow> having = query.having()
                .map(condition -> new FilterCompiler<>(
                                scope.statement(), scope.context(), this, Planner::<GroupRow>noJoins)
                        .compile(condition))
                .orElse(group -> true);
        return new GroupPlan(
                List.copyOf(keys),
                aggregates,
                outputs,
                planner.filter(query, scope),
                having,
                order(),
                planner.offset(query),
                query.limit().orElse(Long.MAX_VALUE));
    }

    private void groupBy(Expression expression) {
        Column<Row> column = rows.resolve(expression);
        boolean groupable = column.kind() != ValueKind.OPAQUE
                && !FilterCompiler.isLongText(column)
                && (column.field() == null || column.field().groupable());
        if (!groupable) {
            throw SoqlException.malformedAt(
                    scope.statement(),
                    expression.position(),
                    "field '" + column.name() + "' can not be grouped in a query call");
        }
        keyNames.add(scope.canonical(expression));
        keys.add(column);
    }

    private Map<String, Column<GroupRow>> outputs() {
        Map<String, Column<GroupRow>> outputs = new LinkedHashMap<>();
        int unnamed = 0;
        for (SelectItem item : query.select()) {
            if (!(item instanceof SelectItem.Value value)) {
                throw SoqlException.malformed(
                        "An aggregate query can select grouped fields and aggregate expressions only");
            }
            Column<GroupRow> column = resolve(value.expression());
            String key = value.alias().orElse(null);
            if (key == null && value.expression() instanceof Expression.Path path) {
                Column<GroupRow> field = column;
                key = field.field() == null ? path.field() : field.field().name();
            } else if (key == null) {
                key = "expr" + unnamed++;
            }
            String taken = key;
            if (outputs.keySet().stream().anyMatch(taken::equalsIgnoreCase)) {
                throw SoqlException.malformedAt(
                        scope.statement(), value.expression().position(), "duplicate alias: " + key);
            }
            outputs.put(key, column);
        }
        return outputs;
    }

    private Optional<Comparator<GroupRow>> order() {
        if (query.orderBy().isEmpty()) {
            return Optional.empty();
        }
        List<Column<GroupRow>> columns = query.orderBy().stream()
                .map(key -> planner.sortable(resolve(key.expression()), key.expression()))
                .toList();
        return Optional.of(Ordering.keys(columns, query.orderBy()));
    }

    @Override
    public Column<GroupRow> resolve(Expression expression) {
        int key = keyNames.indexOf(scope.canonical(expression));
        if (key >= 0) {
            Column<Row> column = keys.get(key);
            return new Column<>(column.name(), column.type(), column.field(), group -> group.keys()[key]);
        }
        if (expression instanceof Expression.Call call) {
            Optional<AggregateFunction> function = AggregateFunction.named(call.name());
            if (function.isPresent()) {
                return aggregate(call, function.get());
            }
            Expression argument = functions.argument(call);
            if (Functions.isPresentation(call)) {
                return functions.apply(call, resolve(argument));
            }
        }
        String name = rows.resolve(expression).name();
        throw SoqlException.malformedAt(
                scope.statement(), expression.position(), "Field must be grouped or aggregated: " + name);
    }

    private Column<GroupRow> aggregate(Expression.Call call, AggregateFunction function) {
        Expression argument = functions.argument(call);
        Column<Row> column = rows.resolve(argument);
        if (!function.takes(column) || FilterCompiler.isLongText(column)) {
            throw SoqlException.malformedAt(
                    scope.statement(),
                    call.position(),
                    "field " + column.name() + " does not support aggregate operator " + function);
        }
        String name = scope.canonical(call);
        if (!aggregateNames.contains(name)) {
            aggregateNames.add(name);
            aggregates.add(new GroupPlan.Aggregate(function, column));
        }
        int index = aggregateNames.indexOf(name);
        return new Column<>(column.name(), function.resultType(column), null, group -> group.aggregates()[index]);
    }
}
