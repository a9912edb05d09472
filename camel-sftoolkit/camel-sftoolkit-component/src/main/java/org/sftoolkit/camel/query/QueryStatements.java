package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.operation.Api;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.QueryOptions;
import org.sftoolkit.camel.soql.SoqlSelect;
import org.sftoolkit.camel.soql.SoqlSplit;
import org.sftoolkit.camel.soql.SoqlTemplate;

/** Makes the statements of an exchange: from the option soql, from the parts of a query, or from the body. */
public final class QueryStatements {

    private QueryStatements() {}

    /** Refuses options that contradict each other or can make no statement. */
    public static void check(CallOptions options) {
        QueryOptions query = options.query();
        if (query.soql() != null && (query.where() != null || query.orderBy() != null || query.limit() != null)) {
            throw new IllegalArgumentException(
                    "soql cannot be combined with where, orderBy or limit: these are for a query built from an object");
        }
        if (query.soql() != null) {
            checked(SoqlTemplate.soql(query.soql()), query);
        } else if (options.sObject() != null) {
            List<String> fields = options.fields().isEmpty() ? List.of("Id") : options.fields();
            checked(select(options, fields).template(), query);
        } else if (!options.mayCome("sObject")
                && (query.where() != null || query.orderBy() != null || query.limit() != null)) {
            throw new IllegalArgumentException(
                    "where, orderBy and limit need an object: add it to the URI, as in sftoolkit:query:Account");
        }
    }

    /** Why fields mean nothing; null if they mean something. */
    public static @Nullable String noFields(CallOptions options) {
        return options.query().soql() != null && !options.mayCome("soql") ? "soql, which is a whole statement" : null;
    }

    private static void checked(SoqlTemplate template, QueryOptions query) {
        if (query.splitIn() != null) {
            SoqlSplit.of(template, query.splitIn());
        }
    }

    /** The statement, its names not bound yet. */
    public static Future<SoqlTemplate> template(QueryInput input, OperationContext call) {
        CallOptions options = call.options();
        if (options.query().soql() != null) {
            return Future.succeededFuture(SoqlTemplate.soql(options.query().soql()));
        }
        if (options.sObject() != null) {
            return fields(call).map(fields -> select(options, fields).template());
        }
        String body = input.statement().get();
        if (body == null || body.isBlank()) {
            throw new IllegalArgumentException(
                    "there is no query: set soql, add an object as in sftoolkit:query:Account, or put SOQL in the"
                            + " body");
        }
        return Future.succeededFuture(SoqlTemplate.soql(body));
    }

    private static Future<List<String>> fields(OperationContext call) {
        List<String> fields = call.options().fields();
        return fields.isEmpty()
                ? call.client()
                        .metadata()
                        .describe(call.options().requiredObject("query"))
                        .map(ObjectDescription::fieldNames)
                : Future.succeededFuture(fields);
    }

    public static SoqlSelect select(CallOptions options, List<String> fields) {
        QueryOptions query = options.query();
        return new SoqlSelect(options.requiredObject("query"), fields, query.where(), query.orderBy(), query.limit());
    }

    /** The requests: one, or with splitIn as many as the list needs; empty for an empty list. */
    static Iterator<QueryRequest> requests(SoqlTemplate template, QueryInput input, CallOptions options) {
        QueryOptions query = options.query();
        Iterator<String> statements = query.splitIn() == null
                ? List.of(template.bind(input.values())).iterator()
                : SoqlSplit.of(template, query.splitIn()).statements(input.values());
        Map<String, String> headers = options.requestHeaders();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return statements.hasNext();
            }

            @Override
            public QueryRequest next() {
                return new QueryRequest(
                        statements.next(),
                        query.includeDeleted(),
                        query.api() == Api.TOOLING,
                        query.batchSize(),
                        headers);
            }
        };
    }
}
