package org.sftoolkit.camel.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

    private final Transport transport;

    QueryClient(Transport transport) {
        this.transport = transport;
    }

    /** The first page. */
    public Future<QueryPage> query(String soql) {
        return page(Request.get("/query?q=" + Paths.query(soql)));
    }

    /** A further page, at the place that the page before it named. */
    public Future<QueryPage> next(String nextRecordsUrl) {
        return page(Request.get(nextRecordsUrl));
    }

    /** All records of a query that is known to be short. */
    public Future<List<SObject>> all(String soql) {
        return query(soql).compose(page -> rest(page, new ArrayList<>()));
    }

    private Future<List<SObject>> rest(QueryPage page, List<SObject> records) {
        records.addAll(page.records());
        return page.next() == null
                ? Future.succeededFuture(records)
                : next(page.next()).compose(following -> rest(following, records));
    }

    private Future<QueryPage> page(Request request) {
        return transport.send(request).map(answer -> ApiJson.read(request, answer, QueryClient::read));
    }

    private static QueryPage read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("expected an object");
        }
        long totalSize = 0;
        String next = null;
        List<SObject> records = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "totalSize" -> totalSize = json.getLongValue();
                case "nextRecordsUrl" -> next = json.getValueAsString();
                case "records" -> records = records(json);
                default -> json.skipChildren();
            }
        }
        if (records == null) {
            throw new IOException("an answer without records");
        }
        return new QueryPage(totalSize, records, next);
    }

    private static List<SObject> records(JsonParser json) throws IOException {
        var records = new ArrayList<SObject>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            records.add(RecordReader.record(json));
        }
        return records;
    }
}
