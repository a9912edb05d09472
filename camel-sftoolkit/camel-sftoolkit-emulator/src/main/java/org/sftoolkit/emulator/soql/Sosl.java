package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/** The door to the search language: statement in, records out. Stateless. */
public final class Sosl {
    private final QueryContext context;

    private Sosl(QueryContext context) {
        this.context = context;
    }

    /**
     * The records that a SOSL statement finds, object by object.
     *
     * @throws SoqlException if Salesforce would refuse the statement, or the emulator does not support it
     */
    public static ArrayNode run(String statement, QueryContext context) {
        return new Sosl(context).found(SoslParser.parse(statement));
    }

    /** The records that a parameterized search finds. */
    public static ArrayNode run(SearchRequest request, QueryContext context) {
        return new Sosl(context).found(request.parsed());
    }

    private ArrayNode found(Search search) {
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        List<Search.Part> parts = search.parts().isEmpty() ? everything() : search.parts();
        for (Search.Part part : parts) {
            found(search, part, records);
        }
        return records;
    }

    private List<Search.Part> everything() {
        return context.org().schema().objects().stream()
                .filter(object -> object.is("searchable") && object.is("queryable"))
                .map(object -> "SELECT Id FROM " + object.name())
                .map(statement -> new Search.Part(statement, Parser.parse(statement)))
                .toList();
    }

    private void found(Search search, Search.Part part, ArrayNode records) {
        Query query = part.query();
        boolean plain = query.select().stream().allMatch(SelectItem.Value.class::isInstance)
                && !GroupCompiler.hasAggregate(query)
                && query.groupBy().isEmpty();
        if (!plain) {
            throw SoqlException.malformedSearch("A search can return fields only");
        }
        Planner planner = new Planner(part.statement(), context);
        Scope scope = planner.scope(query);
        ObjectSchema object = scope.object();
        if (!object.is("searchable")) {
            throw new SoqlException(
                    "INVALID_TYPE_FOR_OPERATION", "entity type " + object.name() + " does not support search");
        }
        RowPlan plan = planner.rowPlan(query, scope);
        List<FieldSchema> fields = search.fields().of(object);
        List<Row> matches = context.org().rows(object, false).stream()
                .filter(row -> search.term().in(SearchFields.texts(row, fields)))
                .toList();
        RecordWriter writer = new RecordWriter(context, (children, rows) -> JsonNodeFactory.instance.nullNode());
        long most = Math.min(
                search.limit() - records.size(), query.limit().isPresent() ? Long.MAX_VALUE : search.partLimit());
        plan.select(matches).stream()
                .limit(most)
                .map(row -> writer.record(row, plan.shape()))
                .forEach(records::add);
    }
}
