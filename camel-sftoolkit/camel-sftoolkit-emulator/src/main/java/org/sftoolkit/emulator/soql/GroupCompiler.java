package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.Row;

/** Resolves a query with GROUP BY or with aggregate functions (SOQL and SOSL Reference: GROUP BY; HAVING). */
final class GroupCompiler implements Resolver<GroupRow> {
    /** SOQL and SOSL Reference: GROUP BY ROLLUP, GROUP BY CUBE. */
    private static final int MOST_ROLLED_UP = 3;

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
        List<BitSet> rollUps = rollUps();
        Map<String, Column<GroupRow>> outputs = outputs();
        Predicate<GroupRow> having = query.having()
                .map(condition -> new FilterCompiler<>(
                                scope.statement(), scope.context(), this, Planner::<GroupRow>noJoins)
                        .compile(condition))
                .orElse(group -> true);
        return new GroupPlan(
                List.copyOf(keys),
                rollUps,
                aggregates,
                outputs,
                planner.filter(query, scope),
                having,
                order(),
                planner.offset(query),
                query.limit().orElse(Long.MAX_VALUE));
    }

    /** Takes the keys of GROUP BY and answers which of them each grouping sums over. */
    private List<BitSet> rollUps() {
        Optional<Expression.Call> rolled = query.groupBy().stream()
                .filter(Expression.Call.class::isInstance)
                .map(Expression.Call.class::cast)
                .filter(call -> call.name().equals("ROLLUP") || call.name().equals("CUBE"))
                .findFirst();
        if (rolled.isEmpty()) {
            query.groupBy().forEach(this::groupBy);
            return List.of(new BitSet());
        }
        Expression.Call call = rolled.get();
        if (query.groupBy().size() > 1) {
            throw SoqlException.malformedAt(
                    scope.statement(),
                    call.position(),
                    "Cannot group by " + call.name() + " and by other fields: put all fields into its parentheses");
        }
        if (call.arguments().isEmpty() || call.arguments().size() > MOST_ROLLED_UP) {
            throw SoqlException.malformedAt(
                    scope.statement(), call.position(), call.name() + " takes 1 to " + MOST_ROLLED_UP + " fields");
        }
        call.arguments().forEach(this::groupBy);
        return call.name().equals("CUBE") ? cube(keys.size()) : rollUp(keys.size());
    }

    private static List<BitSet> rollUp(int keys) {
        List<BitSet> sets = new ArrayList<>();
        for (int kept = keys; kept >= 0; kept--) {
            BitSet set = new BitSet();
            set.set(kept, keys);
            sets.add(set);
        }
        return sets;
    }

    private static List<BitSet> cube(int keys) {
        List<BitSet> sets = new ArrayList<>();
        for (long bits = 0; bits < 1L << keys; bits++) {
            sets.add(BitSet.valueOf(new long[] {bits}));
        }
        sets.sort(Comparator.comparingInt(BitSet::cardinality));
        return sets;
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
        if (expression instanceof Expression.Call call && call.name().equals("GROUPING")) {
            return grouping(call);
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

    /** 1 in a row that sums over the field, else 0. */
    private Column<GroupRow> grouping(Expression.Call call) {
        boolean rolled = query.groupBy().size() == 1
                && query.groupBy().get(0) instanceof Expression.Call by
                && (by.name().equals("ROLLUP") || by.name().equals("CUBE"));
        int key = call.arguments().size() == 1
                ? keyNames.indexOf(scope.canonical(call.arguments().get(0)))
                : -1;
        if (!rolled || key < 0) {
            throw SoqlException.malformedAt(
                    scope.statement(), call.position(), "GROUPING takes one field of GROUP BY ROLLUP or GROUP BY CUBE");
        }
        return new Column<>(
                keys.get(key).name(),
                FieldType.INT,
                null,
                group -> BigDecimal.valueOf(group.rolledUp().get(key) ? 1 : 0));
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
