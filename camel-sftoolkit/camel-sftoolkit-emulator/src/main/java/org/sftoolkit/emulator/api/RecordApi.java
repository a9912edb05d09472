package org.sftoolkit.emulator.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveResult;

/** Single records (REST API Developer Guide: "sObject Rows", "sObject Rows by External ID", "sObject Basic Information"). */
final class RecordApi {

    private final Org org;

    RecordApi(Org org) {
        this.org = org;
    }

    Answer create(ApiCall call) {
        ObjectSchema object = object(call);
        Map<String, Object> record = withoutId(WriteRequest.record(call));
        String id = org.write(WriteRequest.writer(call), transaction -> transaction.insert(object, record));
        return Answer.json(201, result(id, null))
                .with("Location", call.root() + "/sobjects/" + object.name() + "/" + id)
                .withRecords(1);
    }

    /** {@code POST sobjects/{object}/{field}}: an insert, by way of the address of an upsert by Id. */
    Answer createById(ApiCall call) {
        ObjectSchema object = object(call);
        if (!call.param("field").equalsIgnoreCase("Id")) {
            throw new ApiException(
                    405, "METHOD_NOT_ALLOWED", "HTTP Method 'POST' not allowed. Allowed are HEAD,GET,PATCH,DELETE");
        }
        Map<String, Object> record = withoutId(WriteRequest.record(call));
        String id = org.write(WriteRequest.writer(call), transaction -> transaction.insert(object, record));
        return Answer.json(201, result(id, true)).withRecords(1);
    }

    Answer read(ApiCall call) {
        return read(call, row(call));
    }

    Answer update(ApiCall call) {
        Row row = row(call);
        Map<String, Object> record = withoutId(WriteRequest.record(call));
        org.write(WriteRequest.writer(call), transaction -> transaction.update(row.schema(), row.id(), record));
        return Answer.noContent().withRecords(1);
    }

    Answer delete(ApiCall call) {
        ObjectSchema object = object(call);
        String id = id(object, call.param("id"));
        Row row = org.row(object, id)
                .orElseThrow(() ->
                        new ApiException(404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", List.of()));
        return delete(call, living(row));
    }

    Answer readByKey(ApiCall call) {
        return call.param("field").equalsIgnoreCase("Id")
                ? read(call, living(stored(object(call), call.param("value"))))
                : read(call, only(call));
    }

    Answer deleteByKey(ApiCall call) {
        return delete(call, only(call));
    }

    Answer upsert(ApiCall call) {
        ObjectSchema object = object(call);
        if (call.param("field").equalsIgnoreCase("Id")) {
            throw new ApiException(
                    405, "METHOD_NOT_ALLOWED", "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,POST");
        }
        FieldSchema key = key(object, call.param("field"));
        Map<String, Object> record = withoutId(WriteRequest.record(call));
        if (record.keySet().stream().anyMatch(key.name()::equalsIgnoreCase)) {
            // Not documented; assumed to be refused as Id is, since the key already stands in the address.
            throw new ApiException(
                    400,
                    "INVALID_FIELD",
                    "The " + key.name() + " field should not be specified in the sobject data.",
                    List.of(key.name()));
        }
        boolean updateOnly = call.release() >= 61
                && call.queryParam("updateOnly")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent();
        SaveResult saved;
        try {
            saved = org.write(
                    WriteRequest.writer(call),
                    transaction -> transaction.upsert(object, key, call.param("value"), record, updateOnly));
        } catch (RowRefusedException e) {
            return switch (e.error().statusCode()) {
                case "DUPLICATE_EXTERNAL_ID" -> choices(call, object, e.matches());
                case "NOT_FOUND" -> throw ApiException.notFound();
                default -> throw e;
            };
        }
        if (call.release() < 46 && !saved.created()) {
            return Answer.noContent().withRecords(1);
        }
        return Answer.json(saved.created() ? 201 : 200, result(saved.id(), saved.created()))
                .withRecords(1);
    }

    private Answer read(ApiCall call, Row row) {
        List<FieldSchema> fields = call.queryParam("fields")
                .map(names -> RecordJson.fields(row.schema(), Arrays.asList(names.split(","))))
                .orElse(row.schema().fields());
        return Answer.ok(RecordJson.of(call.root(), row, fields)).withRecords(1);
    }

    private Answer delete(ApiCall call, Row row) {
        org.write(WriteRequest.writer(call), transaction -> transaction.delete(row.schema(), row.id()));
        return Answer.noContent().withRecords(1);
    }

    private Row only(ApiCall call) {
        ObjectSchema object = object(call);
        FieldSchema key = key(object, call.param("field"));
        List<Row> rows = org.rowsWith(object, key, call.param("value"));
        if (rows.isEmpty()) {
            throw ApiException.notFound();
        }
        if (rows.size() > 1) {
            throw new MultipleChoices(
                    choices(call, object, rows.stream().map(Row::id).toList()));
        }
        return rows.get(0);
    }

    private static Answer choices(ApiCall call, ObjectSchema object, List<String> ids) {
        return Answer.json(
                300,
                ids.stream()
                        .map(id -> call.root() + "/sobjects/" + object.name() + "/" + id)
                        .toList());
    }

    private FieldSchema key(ObjectSchema object, String name) {
        return object.field(name)
                .filter(FieldSchema::isKey)
                .orElseThrow(() -> new ApiException(
                        404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + name));
    }

    ObjectSchema object(ApiCall call) {
        return org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
    }

    /** The living row that the path names. */
    Row row(ApiCall call) {
        return living(stored(object(call), call.param("id")));
    }

    private Row stored(ObjectSchema object, String id) {
        return org.row(object, id(object, id)).orElseThrow(ApiException::notFound);
    }

    private static Row living(Row row) {
        if (row.deleted()) {
            throw new ApiException(404, "ENTITY_IS_DELETED", "entity is deleted", List.of());
        }
        return row;
    }

    private static String id(ObjectSchema object, String id) {
        return RecordIds.normalised(id)
                .filter(full -> object.keyPrefix() != null && full.startsWith(object.keyPrefix()))
                .orElseThrow(() -> new ApiException(
                        404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + id));
    }

    private static Map<String, Object> withoutId(Map<String, Object> record) {
        if (record.keySet().stream().anyMatch("Id"::equalsIgnoreCase)) {
            throw new ApiException(
                    400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.", List.of("Id"));
        }
        return record;
    }

    private static Map<String, Object> result(String id, Boolean created) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("success", true);
        json.put("errors", List.of());
        if (created != null) {
            json.put("created", created);
        }
        return json;
    }

    /** One external id stands for several rows: an answer with their addresses, out of the middle of a read. */
    static final class MultipleChoices extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        MultipleChoices(Answer answer) {
            super("several rows", null, false, false);
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }
}
