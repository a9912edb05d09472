package org.sftoolkit.camel.query;

import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * Full-text search.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_search.htm">REST API
 *      Developer Guide: Search</a>
 */
public final class SearchClient {

    private final Transport transport;

    public SearchClient(Transport transport) {
        this.transport = transport;
    }

    /** What a SOSL statement finds. */
    public Future<List<SObject>> search(String sosl, Map<String, String> headers) {
        return records(Request.get("/search?q=" + Paths.query(sosl)).withHeaders(headers));
    }

    /** What a search by parameters finds; their names are those of the resource. */
    public Future<List<SObject>> search(Map<String, ?> parameters, Map<String, String> headers) {
        var body = ApiJson.body(json -> WireJson.writeMap(json, parameters));
        return records(
                Request.of(POST, "/parameterizedSearch", body, Replay.SAFE).withHeaders(headers));
    }

    private Future<List<SObject>> records(Request request) {
        return transport.send(request).map(answer -> ApiJson.read(request, answer, SearchClient::read));
    }

    private static List<SObject> read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            throw new IOException("a list where an object with searchRecords belongs");
        }
        List<SObject> records = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equals("searchRecords");
            json.nextToken();
            if (found) {
                records = array(json);
            } else {
                json.skipChildren();
            }
        }
        if (records == null) {
            throw new IOException("an answer without searchRecords");
        }
        return records;
    }

    private static List<SObject> array(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("searchRecords that are no list");
        }
        var records = new ArrayList<SObject>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            SObject record = RecordReader.record(json);
            if (record == null || record.type() == null) {
                throw new IOException("an entry that is no record");
            }
            records.add(record);
        }
        return records;
    }
}
