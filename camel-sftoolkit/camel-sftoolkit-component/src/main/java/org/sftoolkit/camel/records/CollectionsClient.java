package org.sftoolkit.camel.records;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.client.ValueReader;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.UnreadableResponseException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Response;
import org.sftoolkit.camel.transport.Transport;

/**
 * Many records per call: at most {@value #MAX_WRITE} to write, {@value #MAX_READ} to read. There is one result per
 * record, in the order of the records.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm">REST
 *     API Developer Guide: sObject Collections</a>
 */
public final class CollectionsClient {

    /** Records that one call may write. */
    public static final int MAX_WRITE = 200;
    /** Ids that one call may read. */
    public static final int MAX_READ = 2000;
    /** Runs of equal type that one call may hold. */
    public static final int MAX_TYPE_RUNS = 10;

    private static final String PATH = "/composite/sobjects";

    private final Transport transport;

    public CollectionsClient(Transport transport) {
        this.transport = transport;
    }

    /** Creates records. */
    public Future<List<WriteAnswer>> insert(
            List<EncodedRecord> records, boolean allOrNone, Map<String, String> headers) {
        return write(POST, PATH, records, CollectionsClient::requireDistinct, allOrNone, Replay.NEVER, headers);
    }

    /** Updates records; each contains its {@code id}, which is also in {@code ids}. */
    public Future<List<WriteAnswer>> update(
            List<EncodedRecord> records, List<String> ids, boolean allOrNone, Map<String, String> headers) {
        return write(PATCH, PATH, records, answers -> requireIds(ids, answers), allOrNone, Replay.IDEMPOTENT, headers);
    }

    /** Updates or creates records of one type by an external id among their fields. */
    public Future<List<WriteAnswer>> upsert(
            String type,
            String externalIdField,
            List<EncodedRecord> records,
            boolean allOrNone,
            Map<String, String> headers) {
        String path = PATH + '/' + Paths.segment(type) + '/' + Paths.segment(externalIdField);
        return write(PATCH, path, records, answers -> {}, allOrNone, Replay.IDEMPOTENT, headers);
    }

    /** Deletes records of any types. */
    public Future<List<WriteAnswer>> delete(List<String> ids, boolean allOrNone, Map<String, String> headers) {
        Request request = Request.of(
                        DELETE,
                        PATH + "?ids=" + Paths.list(ids) + "&allOrNone=" + allOrNone,
                        Body.NONE,
                        Replay.IDEMPOTENT)
                .withHeaders(headers);
        return transport.send(request).map(answer -> {
            List<WriteAnswer> answers = answers(request, answer, ids.size(), found -> requireIds(ids, found));
            // an earlier try, whose answer was lost, deleted what is gone now
            return answer.afterLostAnswer()
                    ? answers.stream().map(WriteAnswer::goneIsDone).toList()
                    : answers;
        });
    }

    /** Reads records; null for one that does not exist, is deleted, or is not visible. */
    public Future<List<SObject>> retrieve(String type, List<String> ids, List<String> fields) {
        Body body = ApiJson.body(json -> {
            json.writeStartObject();
            writeTexts(json, "ids", ids);
            writeTexts(json, "fields", fields);
            json.writeEndObject();
        });
        Request request = Request.of(POST, PATH + '/' + Paths.segment(type), body, Replay.SAFE);
        return transport.send(request).map(answer -> {
            List<SObject> records = ApiJson.read(request, answer, json -> records(json, ids));
            return complete(request, answer, records, ids.size());
        });
    }

    private Future<List<WriteAnswer>> write(
            HttpMethod method,
            String path,
            List<EncodedRecord> records,
            Check check,
            boolean allOrNone,
            Replay replay,
            Map<String, String> headers) {
        Body body = Body.json(() -> BatchBody.of(allOrNone, records));
        Request request = Request.of(method, path, body, replay).withHeaders(headers);
        return transport.send(request).map(answer -> answers(request, answer, records.size(), check));
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static List<WriteAnswer> answers(Request request, Response response, int expected, Check check) {
        List<WriteAnswer> read = ApiJson.read(request, response, json -> {
            List<WriteAnswer> answers = WriteAnswer.readAll(json, expected);
            check.check(answers);
            return answers;
        });
        return complete(request, response, read, expected);
    }

    /** Whether answers are those of the records that were sent. */
    @FunctionalInterface
    private interface Check {
        void check(List<WriteAnswer> answers) throws IOException;
    }

    private static void requireIds(List<String> ids, List<WriteAnswer> answers) throws IOException {
        for (int i = 0; i < Math.min(ids.size(), answers.size()); i++) {
            answers.get(i).requireId(ids.get(i));
        }
    }

    private static void requireDistinct(List<WriteAnswer> answers) throws IOException {
        if (ascend(answers)) {
            return;
        }
        var ids = new HashSet<String>();
        for (WriteAnswer answer : answers) {
            if (answer.success() && !ids.add(answer.id())) {
                throw new IOException("two new records have the same Id");
            }
        }
    }

    /** Whether the Ids ascend, as new ones mostly do; each is another one then. */
    private static boolean ascend(List<WriteAnswer> answers) {
        String before = "";
        for (WriteAnswer answer : answers) {
            if (answer.success() && answer.id() != null) {
                if (answer.id().compareTo(before) <= 0) {
                    return false;
                }
                before = answer.id();
            }
        }
        return true;
    }

    private static <T> List<T> complete(Request request, Response response, List<T> answers, int expected) {
        if (answers.size() == expected) {
            return answers;
        }
        throw new UnreadableResponseException(
                "Salesforce gave " + answers.size() + " results for " + expected + " records",
                request.repeatable(),
                new Answer(response.status(), List.of(), request.line()),
                null);
    }

    private static List<SObject> records(JsonParser json, List<String> ids) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("expected an array");
        }
        var records = new ArrayList<SObject>();
        var reader = new ValueReader(true); // one for all: they have the same fields
        while (json.nextToken() != JsonToken.END_ARRAY) {
            SObject record = RecordReader.record(reader.read(json));
            if (record != null && record.type() == null) {
                throw new IOException("an entry is not a record");
            }
            if (record != null && records.size() < ids.size()) {
                RecordReader.requireId(ids.get(records.size()), record);
            }
            records.add(record);
        }
        return records;
    }
}
