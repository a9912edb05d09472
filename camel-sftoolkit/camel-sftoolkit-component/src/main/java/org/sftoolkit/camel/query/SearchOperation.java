package org.sftoolkit.camel.query;

import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.RestOptions;
import org.sftoolkit.camel.soql.SoqlTemplate;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/** {@code search}: the records that a SOSL statement, or a text in the fields of an object, finds. */
public final class SearchOperation implements Operation<QueryInput> {

    @Override
    public Class<QueryInput> input() {
        return QueryInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject", "fields", "type", "sosl", "q", "in", "limit")
                .instead("soql", "use sosl");
    }

    @Override
    public void check(CallOptions options) {
        RestOptions rest = options.rest();
        if (rest.sosl() != null && rest.q() != null) {
            throw new IllegalArgumentException(
                    "sosl and q cannot be combined: set sosl for a whole search, or q for a text");
        }
        if (rest.sosl() != null) {
            SoqlTemplate.sosl(rest.sosl());
        } else if (rest.q() != null) {
            term(rest.q());
        } else if (!options.mayCome("q") && (rest.in() != null || options.sObject() != null)) {
            throw new IllegalArgumentException(
                    "an object or the option in needs q: set q to the text to search for, as in q=:name");
        }
    }

    @Override
    public Future<Outcome> run(QueryInput input, OperationContext call) {
        SearchClient client = new SearchClient(call.client());
        CallOptions options = call.options();
        Future<List<SObject>> found = options.rest().q() == null
                ? client.search(SoqlTemplate.sosl(sosl(input, options)).bind(input.values()), options.requestHeaders())
                : client.search(parameters(input, options), options.requestHeaders());
        return found.map(records -> Outcome.of(records, Map.of()));
    }

    private static String sosl(QueryInput input, CallOptions options) {
        if (options.rest().sosl() != null) {
            return options.rest().sosl();
        }
        String body = input.statement().get();
        if (body == null || body.isBlank()) {
            throw new IllegalArgumentException("there is no search: set sosl or q, or put SOSL in the body");
        }
        return body;
    }

    private static Map<String, Object> parameters(QueryInput input, CallOptions options) {
        var parameters = new LinkedHashMap<String, Object>();
        String term = term(options.rest().q()).bind(input.values());
        parameters.put("q", term.substring(1, term.length() - 1));
        if (options.rest().in() != null) {
            parameters.put("in", options.rest().in().name());
        }
        if (options.sObject() != null) {
            var object = new LinkedHashMap<String, Object>();
            object.put("name", options.sObject());
            parameters.put("sobjects", List.of(object));
        }
        if (!options.fields().isEmpty()) {
            parameters.put("fields", options.fields());
        }
        if (options.query().limit() != null) {
            parameters.put("overallLimit", options.query().limit());
        }
        return parameters;
    }

    // the text between the braces of FIND is the q of the resource
    private static SoqlTemplate term(@Nullable String q) {
        return SoqlTemplate.sosl('{' + q + '}');
    }

    /**
     * Full-text search.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_search.htm">REST API
     *      Developer Guide: Search</a>
     */
    static final class SearchClient {

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
                throw new IOException("the answer is a list instead of an object with searchRecords");
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
                throw new IOException("the answer has no searchRecords");
            }
            return records;
        }

        private static List<SObject> array(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IOException("searchRecords is not a list");
            }
            var records = new ArrayList<SObject>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                SObject record = RecordReader.record(json);
                if (record == null || record.type() == null) {
                    throw new IOException("an entry is not a record");
                }
                records.add(record);
            }
            return records;
        }
    }
}
