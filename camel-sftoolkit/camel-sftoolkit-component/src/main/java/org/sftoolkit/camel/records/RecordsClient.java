package org.sftoolkit.camel.records;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.ApiJson;
import org.sftoolkit.camel.client.Paths;
import org.sftoolkit.camel.client.RecordKey;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.client.WriteAnswer;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireJson;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.transport.Body;
import org.sftoolkit.camel.transport.Replay;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Transport;

/**
 * One record at a time.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_retrieve.htm">REST
 *      API Developer Guide: sObject Rows</a>
 */
public final class RecordsClient {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Transport transport;

    public RecordsClient(Transport transport) {
        this.transport = transport;
    }

    /** Reads a record; all readable fields if no fields are given. */
    public Future<SObject> fetch(RecordKey key, List<String> fields) {
        return fetch(key, fields, Map.of());
    }

    /** Reads a record; null if a condition in the headers says that it has not changed. */
    public Future<SObject> fetch(RecordKey key, List<String> fields, Map<String, String> headers) {
        String query = fields.isEmpty() ? "" : "?fields=" + Paths.list(fields);
        Request request = Request.get(path(key) + query).withHeaders(headers);
        return transport
                .send(request)
                .map(answer -> answer.status() == NOT_MODIFIED
                        ? null
                        : ApiJson.read(request, answer, json -> asked(key, RecordReader.record(json))));
    }

    /** Creates a record. */
    public Future<WriteAnswer> insert(String type, Map<String, ?> fields, Map<String, String> headers) {
        Request request =
                Request.of(POST, path(type), body(fields), Replay.NEVER).withHeaders(headers);
        return transport.send(request).map(answer -> ApiJson.read(request, answer, WriteAnswer::read));
    }

    /** Updates a record; the fields do not contain its Id. */
    public Future<Void> update(String type, String id, Map<String, ?> fields, Map<String, String> headers) {
        Request request = Request.of(PATCH, path(RecordKey.id(type, id)), body(fields), Replay.IDEMPOTENT)
                .withHeaders(headers);
        return transport.send(request).compose(answer -> WriteAnswer.done(request, answer, id));
    }

    /**
     * Updates the record with this external id, or creates it.
     *
     * @param key an external id that the fields do not contain
     * @param updateOnly never create; not found then
     */
    public Future<WriteAnswer> upsert(
            RecordKey key, Map<String, ?> fields, boolean updateOnly, Map<String, String> headers) {
        Request request = Request.of(
                        PATCH, path(key) + (updateOnly ? "?updateOnly=true" : ""), body(fields), Replay.IDEMPOTENT)
                .withHeaders(headers);
        return transport
                .send(request)
                .map(answer -> answer.status() == NO_CONTENT
                        ? new WriteAnswer(
                                null, true, false, List.of()) // before API v46 an update by external id had no body
                        : ApiJson.read(request, answer, WriteAnswer::read));
    }

    /** Deletes a record. */
    public Future<Void> delete(RecordKey key, Map<String, String> headers) {
        Request request =
                Request.of(DELETE, path(key), Body.NONE, Replay.IDEMPOTENT).withHeaders(headers);
        return transport
                .send(request)
                .compose(answer ->
                        WriteAnswer.done(request, answer, key.field() == null ? String.valueOf(key.value()) : null));
    }

    /** The record; fails if it is not a record, or not the requested one. */
    private static SObject asked(RecordKey key, @Nullable SObject record) throws IOException {
        if (record == null || record.type() == null) {
            throw new IOException("the answer is not a record");
        }
        if (key.field() == null) {
            RecordReader.requireId(String.valueOf(key.value()), record);
        } else {
            requireKey(key, key.field(), record);
        }
        return record;
    }

    /** Keys of text are compared without regard to case: Salesforce finds them so unless the field regards it. */
    private static void requireKey(RecordKey key, String field, SObject record) throws IOException {
        Object found = FieldNames.value(record, field);
        if (found instanceof String text
                && key.value() instanceof CharSequence asked
                && !text.strip().equalsIgnoreCase(asked.toString().strip())) {
            throw new IOException("the record has another " + field + " than the requested one");
        }
    }

    private static Body body(Map<String, ?> fields) {
        return ApiJson.body(json -> WireJson.writeMap(json, fields));
    }

    private static String path(String type) {
        return "/sobjects/" + Paths.segment(type);
    }

    private static String path(RecordKey key) {
        String row = path(key.type()) + '/';
        String value = Paths.segment(WireText.of(key.value()));
        return key.field() == null ? row + value : row + Paths.segment(key.field()) + '/' + value;
    }
}
