package org.sftoolkit.emulator.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveResult;

/** Single records (REST API Developer Guide: "sObject Rows", "sObject Rows by External ID", "sObject Basic Information"). */
final class RecordApi {

    /** What Salesforce has below an object and the emulator has not. */
    private static final Set<String> UNSUPPORTED =
            Set.of("approvallayouts", "defaultvalues", "namedlayouts", "password", "quickactions", "relevantitems");

    private final Org org;
    private final RowFinder finder;
    private final RelatedApi related;

    RecordApi(Org org) {
        this.org = org;
        this.finder = new RowFinder(org);
        this.related = new RelatedApi(org);
    }

    Answer create(ApiCall call) {
        ObjectSchema object = finder.object(call);
        String id = insert(call, object);
        if (object.isPlatformEvent()) {
            Map<String, Object> published = result(id, null);
            published.put("errors", EventApi.enqueued(id));
            return Answer.json(201, published).withRecords(1);
        }
        return Answer.json(201, result(id, null))
                .with("Location", call.root() + "/sobjects/" + object.name() + "/" + id)
                .withRecords(1);
    }

    /** {@code POST sobjects/{object}/{field}}: an insert, by way of the address of an upsert by Id. */
    Answer createById(ApiCall call) {
        ObjectSchema object = finder.object(call);
        if (!call.param("field").equalsIgnoreCase("Id")) {
            throw methodNotAllowed("POST", "HEAD,GET,PATCH,DELETE");
        }
        return Answer.json(201, result(insert(call, object), true)).withRecords(1);
    }

    Answer read(ApiCall call) {
        requireSupported(call.param("id"));
        return read(call, finder.byId(finder.object(call), call.param("id")));
    }

    Answer update(ApiCall call) {
        Row row = finder.byId(finder.object(call), call.param("id"));
        Map<String, Object> record = withoutId(WriteRequest.record(call, row.schema()));
        org.write(WriteRequest.writer(call), transaction -> {
            Preconditions.checkWrite(call, transaction.existing(row.schema(), row.id()));
            return transaction.update(row.schema(), row.id(), record);
        });
        return Answer.noContent().withRecords(1);
    }

    Answer delete(ApiCall call) {
        return delete(call, finder.toDelete(finder.object(call), call.param("id")));
    }

    /** {@code GET sobjects/{object}/{field}/{value}}: also the address of a blob and of related rows. */
    Answer readByKey(ApiCall call) {
        ObjectSchema object = finder.object(call);
        boolean described = call.param("field").equalsIgnoreCase("describe");
        requireSupported(call.param(described ? "value" : "field"));
        if (finder.isId(object, call.param("field"))) {
            requireSupported(call.param("value"));
            return related.read(call, finder.byId(object, call.param("field")), call.param("value"));
        }
        return read(call, finder.byKey(call));
    }

    Answer deleteByKey(ApiCall call) {
        requireNoRelationship(call, finder.object(call));
        return delete(call, finder.byKey(call));
    }

    /** The address of a related row (REST API Developer Guide: "sObject Relationships") serves reads only here. */
    private void requireNoRelationship(ApiCall call, ObjectSchema object) {
        if (finder.isId(object, call.param("field"))) {
            throw new ApiException(
                    501,
                    "NOT_IMPLEMENTED",
                    "The emulator does not write through relationship paths: " + call.param("value"));
        }
    }

    Answer upsert(ApiCall call) {
        ObjectSchema object = finder.object(call);
        if (call.param("field").equalsIgnoreCase("Id")) {
            throw methodNotAllowed("PATCH", "HEAD,GET,POST");
        }
        requireNoRelationship(call, object);
        FieldSchema key = finder.key(object, call.param("field"));
        Map<String, Object> record = withoutId(WriteRequest.record(call, object));
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
        return upserted(call, object, key, record, updateOnly);
    }

    private Answer upserted(
            ApiCall call, ObjectSchema object, FieldSchema key, Map<String, Object> record, boolean updateOnly) {
        SaveResult saved;
        try {
            saved = org.write(WriteRequest.writer(call), transaction -> {
                org.rowsWith(object, key, call.param("value")).stream()
                        .findFirst()
                        .ifPresent(row -> Preconditions.checkWrite(call, row));
                return transaction.upsert(object, key, call.param("value"), record, updateOnly);
            });
        } catch (RowRefusedException e) {
            return switch (e.error().statusCode()) {
                case "DUPLICATE_EXTERNAL_ID" -> RowFinder.choices(call, object, e.matches());
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

    private String insert(ApiCall call, ObjectSchema object) {
        Map<String, Object> record = withoutId(WriteRequest.record(call, object));
        return org.write(WriteRequest.writer(call), transaction -> transaction.insert(object, record));
    }

    private Answer read(ApiCall call, Row row) {
        String etag = Preconditions.etag(row);
        return Preconditions.checkRead(call, Preconditions.modified(row), etag).orElseGet(() -> {
            List<FieldSchema> fields = call.queryParam("fields")
                    .map(names -> RecordJson.fields(row.schema(), Arrays.asList(names.split(","))))
                    .orElse(row.schema().fields());
            Answer answer = Answer.ok(RecordJson.of(call.root(), row, fields)).withRecords(1);
            return Preconditions.marked(call, answer, Preconditions.modified(row), etag);
        });
    }

    private Answer delete(ApiCall call, Row row) {
        org.write(WriteRequest.writer(call), transaction -> {
            Preconditions.checkWrite(call, transaction.existing(row.schema(), row.id()));
            return transaction.delete(row.schema(), row.id());
        });
        return Answer.noContent().withRecords(1);
    }

    /** A name that is not a row's Id is reported as missing here, not as an invalid row. */
    private static void requireSupported(String name) {
        if (UNSUPPORTED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new ApiException(
                    501, "NOT_IMPLEMENTED", "The emulator does not support the resource '" + name + "' of an object");
        }
    }

    private static ApiException methodNotAllowed(String method, String allowed) {
        return new ApiException(
                405, "METHOD_NOT_ALLOWED", "HTTP Method '" + method + "' not allowed. Allowed are " + allowed);
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
}
