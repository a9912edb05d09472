package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.Row;

/** The door to the query language: statement in, result out. Stateless. */
public final class Soql {
    private static final int MAX_GROUPS = 2_000;

    private Soql() {}

    /**
     * Evaluates a statement over the rows that the org holds now.
     *
     * @throws SoqlException where Salesforce would refuse the statement, or the emulator does not support it
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
                    "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch");
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
}
