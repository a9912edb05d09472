package org.sftoolkit.camel.query;

import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * SOQL, page by page.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm">REST API
 *      Developer Guide: Query</a>
 */
public final class QueryClient {

    /** Salesforce takes 16,384 bytes of URI and headers; the rest is for host, token and other headers. */
    static final int LONGEST_PATH = 8_000;

    private final Transport transport;

    public QueryClient(Transport transport) {
        this.transport = transport;
    }

    /** All records of a query, in a list; for those that are known to be short. */
    public Future<List<SObject>> all(String soql) {
        return rows(QueryRequest.of(soql))
                .list(Integer.MAX_VALUE, rows -> new IllegalStateException("a list cannot hold " + rows + " rows"));
    }

    /** The rows of a query, to be read page by page. Asks nothing yet. */
    public QueryPages rows(QueryRequest query) {
        return rows(List.of(query).iterator());
    }

    /** The rows of several queries, one after the other; each is taken from the iterator when its turn comes. */
    public QueryPages rows(Iterator<QueryRequest> queries) {
        return new QueryPages(this, queries);
    }

    /** How many rows a {@code SELECT COUNT()} counts. */
    public Future<Long> count(QueryRequest query) {
        return first(query, new RowSink() {
                    @Override
                    public boolean begin() {
                        return true;
                    }

                    @Override
                    public boolean rows(List<QueryRow> rows) {
                        return true;
                    }
                })
                .map(end -> {
                    if (end.totalSize() < 0) {
                        throw new UnreadableResponseException(
                                "the response contains no count", true, Answer.NONE, null);
                    }
                    return end.totalSize();
                });
    }

    /** The first page. */
    Future<PageEnd> first(QueryRequest query, RowSink rows) {
        String path = query.path();
        Map<String, String> headers = headers(query);
        return path.length() <= LONGEST_PATH
                ? page(Request.get(path).withHeaders(headers), rows)
                : new LongQuery(transport).first(path, headers, rows);
    }

    /** The next page, at the address in the page before it; null if the sink declined it. */
    Future<PageEnd> next(String nextRecordsUrl, Map<String, String> headers, RowSink rows) {
        return page(Request.get(nextRecordsUrl).withHeaders(headers), rows);
    }

    static Map<String, String> headers(QueryRequest query) {
        if (query.batchSize() == 0) {
            return query.headers();
        }
        var headers = new LinkedHashMap<>(query.headers());
        headers.put("Sforce-Query-Options", "batchSize=" + query.batchSize());
        return headers;
    }

    private Future<PageEnd> page(Request request, RowSink rows) {
        var sink = new PageSink(request, rows);
        return transport.send(request.into(sink)).compose(answer -> {
            byte[] whole = answer.body();
            // a transport may also give the body whole
            return whole.length == 0
                    ? sink.end(answer.status())
                    : sink.take(answer.status(), answer.headers(), whole).compose(done -> sink.end(answer.status()));
        });
    }
}
