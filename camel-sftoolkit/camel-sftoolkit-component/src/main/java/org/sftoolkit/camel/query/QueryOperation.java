package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ListTooLongException;
import org.sftoolkit.camel.error.MultipleChoicesException;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.operation.Progress;
import org.sftoolkit.camel.operation.QueryOptions;
import org.sftoolkit.camel.soql.SoqlStatement;

/** {@code query}: the rows of a SOQL query as a list, as a stream, or the only one; {@code SELECT COUNT()} as a number. */
public final class QueryOperation implements Operation<QueryInput> {

    @Override
    public Class<QueryInput> input() {
        return QueryInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer(
                        "sObject",
                        "fields",
                        "type",
                        "soql",
                        "where",
                        "orderBy",
                        "limit",
                        "outputType",
                        "includeDeleted",
                        "api",
                        "queryBatchSize",
                        "prefetch",
                        "maxListSize",
                        "splitIn")
                .unless(query -> unless(query, OutputType.STREAM, "pages are read ahead for a stream only"), "prefetch")
                .unless(query -> unless(query, OutputType.LIST, "only a list has a size to keep to"), "maxListSize")
                .unless(QueryStatements::noFields, "fields")
                .instead("batchSize", "use queryBatchSize")
                .instead("maxRecords", "use queryBatchSize, or limit");
    }

    private static @Nullable String unless(CallOptions options, OutputType wanted, String why) {
        OutputType type = outputType(options);
        return type == wanted || options.mayCome("outputType") ? null : "outputType=" + type + ": " + why;
    }

    @Override
    public void check(CallOptions options) {
        outputType(options);
        QueryStatements.check(options);
    }

    private static OutputType outputType(CallOptions options) {
        OutputType type = options.query().outputType();
        return switch (type == null ? OutputType.LIST : type) {
            case LIST -> OutputType.LIST;
            case STREAM -> OutputType.STREAM;
            case ONE -> OutputType.ONE;
            default ->
                throw new IllegalArgumentException(
                        "outputType=" + type + " is not allowed for query: use LIST, STREAM or ONE");
        };
    }

    @Override
    public Future<Outcome> run(QueryInput input, OperationContext call) {
        return QueryStatements.template(input, call).compose(template -> {
            QueryClient queries = new QueryClient(call.client());
            Iterator<QueryRequest> requests = QueryStatements.requests(template, input, call.options());
            SoqlStatement statement = SoqlStatement.of(template.text());
            if (statement.counts()) {
                return count(queries, requests, 0)
                        .map(number -> Outcome.of(number, Map.of(OutcomeHeader.TOTAL_SIZE, number)));
            }
            QueryPages pages = queries.rows(requests).telling((rows, announced) -> heard(rows, announced, call));
            List<String> columns = statement.columns();
            return rows(pages, call.options())
                    .map(body -> Outcome.of(body, headers(pages, body, columns, call.options())));
        });
    }

    /** A stream over several statements knows the rows of the first only. */
    private static Map<OutcomeHeader, Object> headers(
            QueryPages pages, Object body, List<String> columns, CallOptions options) {
        boolean several = options.query().splitIn() != null;
        long total = body instanceof RowStream rows ? several ? -1 : rows.totalSize() : pages.totalSize();
        var headers = new HashMap<OutcomeHeader, Object>();
        headers.put(OutcomeHeader.TOTAL_SIZE, total < 0 ? null : total);
        headers.put(OutcomeHeader.COLUMNS, columns);
        return headers;
    }

    private static void heard(long rows, long announced, OperationContext call) {
        String object = call.options().sObject();
        call.progress().progressed(new Progress("query", object, rows, 0, announced, null, "page"));
    }

    private static Future<Object> rows(QueryPages pages, CallOptions options) {
        QueryOptions query = options.query();
        return switch (outputType(options)) {
            case STREAM -> pages.stream(query.prefetch()).map(rows -> rows);
            case ONE -> pages.list(1, QueryOperation::notOne).map(records -> records.isEmpty() ? null : records.get(0));
            default ->
                pages.list(query.maxListSize(), rows -> tooMany(rows, query.maxListSize()))
                        .map(rows -> rows);
        };
    }

    private static RuntimeException notOne(long rows) {
        return new MultipleChoicesException(
                "the query has more than one row, but outputType=ONE expects one", List.of(), Answer.NONE);
    }

    private static RuntimeException tooMany(long rows, int most) {
        return new ListTooLongException("the query has " + rows + " rows, more than maxListSize=" + most
                + ": read them with outputType=STREAM, or increase maxListSize");
    }

    private static Future<Long> count(QueryClient client, Iterator<QueryRequest> requests, long before) {
        return requests.hasNext()
                ? client.count(requests.next()).compose(count -> count(client, requests, before + count))
                : Future.succeededFuture(before);
    }
}
