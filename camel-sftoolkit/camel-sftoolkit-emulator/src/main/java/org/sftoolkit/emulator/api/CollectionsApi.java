package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.SaveResult;

/** Many records in one call (REST API Developer Guide: "sObject Collections"). */
final class CollectionsApi {

    private static final int MOST_READ = 2_000;

    private final Org org;

    CollectionsApi(Org org) {
        this.org = org;
    }

    Answer insert(ApiCall call) {
        CollectionRequest request = CollectionRequest.read(call);
        request.requireFewChunks();
        return save(call, request, null, (transaction, record) -> {
            ObjectSchema object = record.object(org.schema());
            return new SaveResult(transaction.insert(object, record.fields()), true, null);
        });
    }

    Answer update(ApiCall call) {
        CollectionRequest request = CollectionRequest.read(call);
        request.requireFewChunks();
        Set<String> repeated = repeated(request.records().stream()
                .map(record -> RecordIds.normalised(record.id()).orElse(null))
                .toList());
        return save(call, request, null, (transaction, record) -> {
            ObjectSchema object = record.object(org.schema());
            if (record.id() == null) {
                throw refused("MISSING_ARGUMENT", "Id not specified in an update call");
            }
            // Not documented; assumed as with a repeated external id.
            if (repeated.contains(RecordIds.normalised(record.id()).orElse(""))) {
                throw refused("DUPLICATE_VALUE", "Duplicate id specified: " + record.id());
            }
            return new SaveResult(transaction.update(object, record.id(), record.withoutId()), false, null);
        });
    }

    Answer upsert(ApiCall call) {
        ObjectSchema object = object(call);
        FieldSchema key = object.field(call.param("field"))
                .filter(FieldSchema::isKey)
                .orElseThrow(() -> new ApiException(
                        404,
                        "NOT_FOUND",
                        "Provided external ID field does not exist or is not accessible: " + call.param("field")));
        CollectionRequest request = CollectionRequest.read(call);
        request.requireOnly(object);
        boolean byId = key.name().equals("Id");
        Set<String> repeated = repeated(request.records().stream()
                .map(record -> byId ? record.id() : keyText(key, record.value(key.name())))
                .toList());
        Predicate<CollectionRequest.Element> creates = record -> byId
                ? record.id() == null
                : record.value(key.name()) != null
                        && org.rowsWith(object, key, record.value(key.name())).isEmpty();
        return save(call, request, creates, (transaction, record) -> {
            record.object(org.schema());
            Object value = byId ? record.id() : record.value(key.name());
            if (byId && value == null) {
                return new SaveResult(transaction.insert(object, record.fields()), true, null);
            }
            if (value == null || "".equals(value)) {
                throw refused("MISSING_ARGUMENT", key.name() + " not specified");
            }
            if (repeated.contains(byId ? value : keyText(key, value))) {
                throw refused("DUPLICATE_VALUE", "Duplicate external id specified: " + value, key.name());
            }
            if (byId) {
                return new SaveResult(transaction.update(object, record.id(), record.withoutId()), false, null);
            }
            if (record.id() != null) {
                // Not documented for collections; assumed as for a single upsert.
                throw refused("INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id");
            }
            return transaction.upsert(object, key, value, record.without(key.name()), false);
        });
    }

    Answer delete(ApiCall call) {
        List<String> ids = List.of(call.queryParam("ids")
                .filter(text -> !text.isBlank())
                .orElseThrow(() ->
                        new ApiException(400, "MISSING_ARGUMENT", "The ids parameter is required to delete records"))
                .split(","));
        CollectionRequest request = CollectionRequest.ofIds(
                ids,
                call.queryParam("allOrNone").filter("true"::equalsIgnoreCase).isPresent());
        request.requireFewChunks();
        return save(call, request, null, (transaction, record) -> {
            String id = RecordIds.normalised(record.id())
                    .orElseThrow(() -> refused("MALFORMED_ID", "malformed id " + record.id()));
            ObjectSchema object = org.schema()
                    .objectOfId(id)
                    .orElseThrow(() -> refused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
            return new SaveResult(transaction.delete(object, id), false, null);
        });
    }

    Answer readByIds(ApiCall call) {
        List<String> ids = Arrays.asList(call.queryParam("ids").orElse("").split(","));
        List<String> names = Arrays.asList(call.queryParam("fields").orElse("").split(","));
        return read(call, ids, names);
    }

    Answer readByBody(ApiCall call) {
        Map<String, Object> body = call.jsonObject();
        return read(call, texts(body, "ids"), texts(body, "fields"));
    }

    private Answer read(ApiCall call, List<String> ids, List<String> names) {
        ObjectSchema object = object(call);
        if (ids.size() > MOST_READ) {
            throw new ApiException(
                    400,
                    "EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot submit more than 2000 records into this call");
        }
        if (names.isEmpty() || names.get(0).isBlank()) {
            throw new ApiException(400, "MISSING_ARGUMENT", "The fields parameter is required to retrieve records");
        }
        List<FieldSchema> fields = RecordJson.fields(object, names);
        List<Object> records = new ArrayList<>(ids.size());
        for (String id : ids) {
            Row row = org.row(object, id.strip()).orElse(null);
            records.add(row == null || row.deleted() ? null : RecordJson.of(call.root(), row, fields));
        }
        return Answer.ok(records).withRecords(ids.size());
    }

    /** @param creates for an upsert, whether a record is new; null for other calls */
    private Answer save(
            ApiCall call,
            CollectionRequest request,
            Predicate<CollectionRequest.Element> creates,
            CollectionSave.Step step) {
        boolean upsert = creates != null;
        // Real orgs say of rows that were rolled back that they are created, if they would have been.
        List<SaveResult> results =
                CollectionSave.run(org, WriteRequest.writer(call), request, step, upsert ? creates : record -> false);
        List<Object> json = new ArrayList<>(results.size());
        results.forEach(result -> json.add(json(result, upsert)));
        return Answer.ok(json).withRecords(results.size());
    }

    private Map<String, Object> json(SaveResult result, boolean upsert) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (result.id() != null) {
            json.put("id", result.id());
        }
        json.put("success", result.success());
        boolean published = result.success()
                && org.schema()
                        .objectOfId(result.id())
                        .filter(ObjectSchema::isPlatformEvent)
                        .isPresent();
        json.put(
                "errors",
                published
                        ? EventApi.enqueued(result.id())
                        : result.success() ? List.of() : List.of(ApiErrors.ofRow(result.error())));
        if (upsert) {
            json.put("created", result.created());
        }
        return json;
    }

    private ObjectSchema object(ApiCall call) {
        return org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
    }

    private static String keyText(FieldSchema key, Object value) {
        return value == null
                ? null
                : key.caseSensitive() ? value.toString() : value.toString().toLowerCase(Locale.ROOT);
    }

    private static Set<String> repeated(List<String> keys) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (String key : keys) {
            if (key != null && !seen.add(key)) {
                twice.add(key);
            }
        }
        return twice;
    }

    private static List<String> texts(Map<String, Object> body, String name) {
        if (body.get(name) instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new ApiException(400, "MISSING_ARGUMENT", "The " + name + " parameter is required to retrieve records");
    }

    private static RowRefusedException refused(String statusCode, String message, String... fields) {
        return new RowRefusedException(new SaveError(statusCode, message, fields));
    }
}
