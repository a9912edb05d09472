package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;

/** What the columns of a statement are: the answer to {@code query?columns=true}, which the official CLI asks for. */
final class ColumnMetadata {

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
                columns.add(
                        joined(children.key(), columns(children.plan().plan().shape()), true));
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
