package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/** The door to the query language: statement in, result out. Stateless. */
public final class Soql {
    private static final int MAX_GROUPS = 2_000;

    private Soql() {}

    /**
     * Evaluates a statement over the rows that the org holds now.
     *
     * @throws SoqlException if Salesforce would refuse the statement, or the emulator does not support it
     */
    public static QueryResult run(String statement, QueryContext context) {
        Query query = Parser.parse(statement);
        Planner planner = new Planner(statement, context);
        Scope scope = planner.scope(query);
        if (query.isCountAll()) {
            return new QueryResult.Whole(count(query, planner, scope));
        }
        if (!query.groupBy().isEmpty() || GroupCompiler.hasAggregate(query)) {
            GroupPlan plan = new GroupCompiler(planner, query, scope).plan();
            return new QueryResult.Whole(groups(plan, plan.run(Candidates.of(query, scope))));
        }
        RowPlan plan = planner.rowPlan(query, scope);
        return new QueryResult.Rows(plan, plan.select(Candidates.of(query, scope)));
    }

    /** A condition, as stands behind WHERE, as a test of an object's rows. */
    public static Predicate<Row> condition(ObjectSchema object, String condition, QueryContext context) {
        String statement = "SELECT Id FROM " + object.name() + " WHERE " + condition;
        Query query = Parser.parse(statement);
        Planner planner = new Planner(statement, context);
        return planner.filter(query, planner.scope(query));
    }

    /** What the columns of a statement are; see {@link ColumnMetadata}. Checks it as {@link #run} does. */
    public static Map<String, Object> columns(String statement, QueryContext context) {
        Query query = Parser.parse(statement);
        Planner planner = new Planner(statement, context);
        return ColumnMetadata.of(query, planner, planner.scope(query));
    }

    /** How a statement would be worked on. */
    public static Map<String, Object> explain(String statement, QueryContext context) {
        Query query = Parser.parse(statement);
        Planner planner = new Planner(statement, context);
        return ColumnMetadata.plan(statement, query, planner, planner.scope(query));
    }

    private static ObjectNode count(Query query, Planner planner, Scope scope) {
        if (!query.orderBy().isEmpty() || !query.groupBy().isEmpty()) {
            throw SoqlException.malformed("COUNT() can not be used with ORDER BY or GROUP BY");
        }
        var filter = planner.filter(query, scope);
        long offset = planner.offset(query);
        long matches = 0;
        for (Row row : Candidates.of(query, scope)) {
            matches += filter.test(row) ? 1 : 0;
        }
        long counted = Math.min(Math.max(0, matches - offset), query.limit().orElse(Long.MAX_VALUE));
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("totalSize", counted).put("done", true).putArray("records");
        return page;
    }

    private static ObjectNode groups(GroupPlan plan, List<GroupRow> groups) {
        if (groups.size() > MAX_GROUPS) {
            throw new SoqlException(
                    "EXCEEDED_ID_LIMIT",
                    "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single"
                            + " batch");
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode records =
                page.put("totalSize", groups.size()).put("done", true).putArray("records");
        for (GroupRow group : groups) {
            ObjectNode record = records.addObject();
            record.putObject("attributes").put("type", "AggregateResult");
            plan.outputs()
                    .forEach((key, column) -> record.set(key, RecordWriter.node(column.type(), column.of(group))));
        }
        return page;
    }

    /** What the columns of a statement are: the answer to {@code query?columns=true}, which the official CLI asks for. */
    private static final class ColumnMetadata {

        private ColumnMetadata() {}

        static Map<String, Object> of(Query query, Planner planner, Scope scope) {
            boolean grouped = !query.groupBy().isEmpty() || GroupCompiler.hasAggregate(query);
            List<Map<String, Object>> columns;
            if (query.isCountAll()) {
                // One column for the number; its shape is not documented, assumed.
                columns = List.of(column("count", "count", FieldType.INT, null, true));
            } else if (grouped) {
                columns = groups(query, new GroupCompiler(planner, query, scope).plan());
            } else {
                columns = columns(planner.rowPlan(query, scope).shape());
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("columnMetadata", columns);
            json.put("entityName", scope.object().name());
            json.put("groupBy", !query.groupBy().isEmpty());
            json.put("idSelected", columns.stream().anyMatch(column -> "Id".equals(column.get("columnName"))));
            json.put("keyPrefix", scope.object().keyPrefix());
            return json;
        }

        private static List<Map<String, Object>> columns(Shape shape) {
            List<Map<String, Object>> columns = new ArrayList<>();
            for (Shape.Entry entry : shape.entries()) {
                if (entry instanceof Shape.Leaf leaf) {
                    columns.add(column(
                            leaf.key(),
                            leaf.key(),
                            leaf.column().type(),
                            leaf.column().field(),
                            false));
                } else if (entry instanceof Shape.Parent parent) {
                    columns.add(joined(parent.key(), columns(parent.shape()), false));
                } else if (entry instanceof Shape.Children children) {
                    columns.add(joined(
                            children.key(), columns(children.plan().plan().shape()), true));
                } else {
                    // Its fields differ from row to row.
                    columns.add(column(entry.key(), entry.key(), FieldType.ANYTYPE, null, false));
                }
            }
            return columns;
        }

        private static List<Map<String, Object>> groups(Query query, GroupPlan plan) {
            List<Map<String, Object>> columns = new ArrayList<>();
            int index = 0;
            for (Map.Entry<String, Column<GroupRow>> output : plan.outputs().entrySet()) {
                boolean aggregate = query.select().get(index++) instanceof SelectItem.Value value
                        && value.expression() instanceof Expression.Call;
                Column<GroupRow> column = output.getValue();
                String shown = query.select().get(index - 1) instanceof SelectItem.Value value
                                && value.expression() instanceof Expression.Call call
                        ? call.function() + "(" + column.name() + ")"
                        : output.getKey();
                columns.add(column(output.getKey(), shown, column.type(), column.field(), aggregate));
            }
            return columns;
        }

        private static Map<String, Object> joined(String name, List<Map<String, Object>> columns, boolean children) {
            Map<String, Object> json = column(name, name, FieldType.ANYTYPE, null, children);
            json.put("joinColumns", columns);
            return json;
        }

        private static Map<String, Object> column(
                String name, String shown, FieldType type, FieldSchema field, boolean aggregate) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("aggregate", aggregate);
            json.put("apexType", apexType(type));
            json.put("booleanType", type == FieldType.BOOLEAN);
            json.put("columnName", name);
            json.put("custom", field != null && field.custom());
            json.put("displayName", shown);
            json.put("foreignKeyName", field == null ? null : field.relationshipName());
            json.put("insertable", field != null && field.createable());
            json.put("joinColumns", List.of());
            json.put("numberType", type.isNumeric());
            json.put("textType", type.isText());
            json.put("updatable", field != null && field.updateable());
            return json;
        }

        private static String apexType(FieldType type) {
            return switch (type) {
                case ID, REFERENCE -> "System.Id";
                case BOOLEAN -> "System.Boolean";
                case INT -> "System.Integer";
                case LONG -> "System.Long";
                case DOUBLE, PERCENT, CURRENCY -> "System.Double";
                case DATE -> "System.Date";
                case DATETIME -> "System.Datetime";
                case TIME -> "System.Time";
                case BASE64 -> "System.Blob";
                case ADDRESS -> "System.Address";
                case LOCATION -> "System.Location";
                case ANYTYPE -> "System.Object";
                default -> "System.String";
            };
        }

        /** How the rows would be found (REST API Developer Guide: "Query Explain"). The figures of costs are assumed. */
        static Map<String, Object> plan(String statement, Query query, Planner planner, Scope scope) {
            of(query, planner, scope);
            planner.filter(query, scope);
            ObjectSchema object = scope.object();
            int all = scope.context().org().count(object.name());
            List<String> indexed = Candidates.indexedFields(query, scope);
            int cardinality = Candidates.of(query, scope).size();
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("cardinality", indexed.isEmpty() ? all : cardinality);
            plan.put("fields", indexed);
            plan.put("leadingOperationType", indexed.isEmpty() ? "TableScan" : "Index");
            plan.put(
                    "notes",
                    indexed.isEmpty() && query.where().isPresent()
                            ? List.of(Map.of(
                                    "description",
                                    "Not considering filter for optimization because unindexed",
                                    "fields",
                                    List.of(),
                                    "tableEnumOrId",
                                    object.name()))
                            : List.of());
            plan.put("relativeCost", indexed.isEmpty() ? 2.8 : 0.1);
            plan.put("sobjectCardinality", all);
            plan.put("sobjectType", object.name());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("plans", List.of(plan));
            json.put("sourceQuery", statement);
            return json;
        }
    }
}
