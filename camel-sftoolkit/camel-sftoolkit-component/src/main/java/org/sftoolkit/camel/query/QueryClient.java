package org.sftoolkit.camel.query;

import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.DecodeErrors;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
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

    private static final int FIRST_PAGE_BYTES = 1 << 12;

    private final Transport transport;
    /** So that each page of a long query begins with the memory that the one before it needed. */
    private final AtomicInteger pageBytes = new AtomicInteger(FIRST_PAGE_BYTES);

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
        var sink = new PageSink(request, rows, pageBytes);
        return transport.send(request.into(sink)).compose(answer -> {
            byte[] whole = answer.body();
            // a transport may also give the body whole
            return whole.length == 0
                    ? sink.end(answer.status())
                    : sink.take(answer.status(), answer.headers(), whole).compose(done -> sink.end(answer.status()));
        });
    }

    /**
     * Sends a query whose URI is too long for Salesforce as the only part of a composite request, which has the URI in
     * its body. It also costs one call. Statements may have up to 100,000 characters.
     *
     * @see <a
     *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm">REST
     *     API Developer Guide: Composite</a>
     */
    private static final class LongQuery {

        /** Numbers keep their digits on the way through the tree. */
        private static final ObjectMapper JSON =
                new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

        private final Transport transport;

        LongQuery(Transport transport) {
            this.transport = transport;
        }

        /** The first page; it is read whole, as the composite answer around it has to be. */
        Future<PageEnd> first(String path, Map<String, String> headers, RowSink rows) {
            Body body = new Body.Located(base -> ApiJson.body(json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("compositeRequest");
                json.writeStartObject();
                json.writeStringField("method", "GET");
                json.writeStringField("url", base + path);
                json.writeStringField("referenceId", "query");
                if (headers.containsKey("Sforce-Query-Options")) {
                    json.writeObjectFieldStart("httpHeaders");
                    json.writeStringField("Sforce-Query-Options", headers.get("Sforce-Query-Options"));
                    json.writeEndObject();
                }
                json.writeEndObject();
                json.writeEndArray();
                json.writeEndObject();
            }));
            var outer = new LinkedHashMap<>(headers);
            outer.remove("Sforce-Query-Options");
            Request request = Request.of(POST, "/composite", body, Replay.SAFE).withHeaders(outer);
            return transport
                    .send(request)
                    .compose(answer -> inner(request, answer))
                    .compose(page -> {
                        var sink = new PageSink(request, rows, new AtomicInteger(FIRST_PAGE_BYTES));
                        return sink.take(page.status(), page.headers(), page.body())
                                .compose(done -> sink.end(page.status()));
                    });
        }

        /** The answer to the query itself; its errors become the exceptions that they would be on their own. */
        private static Future<Response> inner(Request request, Response answer) {
            JsonNode part = ApiJson.read(request, answer, json -> {
                JsonNode first =
                        JSON.<JsonNode>readTree(json).path("compositeResponse").path(0);
                if (!first.has("httpStatusCode")) {
                    throw new IOException("the composite answer has no part for the query");
                }
                return first;
            });
            var page = new Response(
                    part.path("httpStatusCode").asInt(),
                    answer.headers(),
                    Buffer.buffer(part.path("body").toString()));
            return new DecodeErrors().apply(request, sent -> Future.succeededFuture(page));
        }
    }
}
