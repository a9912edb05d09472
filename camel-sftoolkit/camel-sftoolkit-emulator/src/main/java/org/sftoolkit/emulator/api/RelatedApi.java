package org.sftoolkit.emulator.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.org.Blob;
import org.sftoolkit.emulator.org.ChildRelationship;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.Row;

/**
 * What hangs on a record (REST API Developer Guide: "sObject Blob Get", "sObject Relationships"): its files, its parent, its
 * children; one step, and only to read.
 */
final class RelatedApi {

    private static final int MOST_CHILDREN = 2_000;

    private final Org org;

    RelatedApi(Org org) {
        this.org = org;
    }

    /** @param name a blob field or a relationship */
    Answer read(ApiCall call, Row row, String name) {
        Optional<FieldSchema> blob = row.schema().field(name).filter(field -> field.type() == FieldType.BASE64);
        if (blob.isPresent()) {
            return blob(row, blob.get());
        }
        Optional<FieldSchema> parent = row.schema().fieldByRelationship(name);
        if (parent.isPresent()) {
            return parent(call, row, parent.get());
        }
        ChildRelationship children = row.schema().childRelationship(name).orElseThrow(ApiException::notFound);
        return children(call, row, children);
    }

    private static Answer blob(Row row, FieldSchema field) {
        if (!(row.get(field) instanceof Blob content)) {
            throw ApiException.notFound();
        }
        // Without a type of its own a file is sent as bytes; the spelling is Salesforce's.
        Object type = row.get("ContentType") == null ? "application/octetstream" : row.get("ContentType");
        return Answer.file(type.toString(), content);
    }

    private Answer parent(ApiCall call, Row row, FieldSchema field) {
        Object id = row.get(field);
        if (id == null) {
            throw ApiException.notFound();
        }
        ObjectSchema object = org.schema().objectOfId((String) id).orElseThrow(() -> unknown(field.referenceTo()));
        Row parent =
                org.row(object, (String) id).filter(found -> !found.deleted()).orElseThrow(ApiException::notFound);
        return Answer.ok(RecordJson.of(call.root(), parent, fields(call, object)))
                .withRecords(1);
    }

    private Answer children(ApiCall call, Row row, ChildRelationship relationship) {
        ObjectSchema object =
                org.schema().object(relationship.child()).orElseThrow(() -> unknown(List.of(relationship.child())));
        FieldSchema field = object.field(relationship.field())
                .filter(org::indexed)
                .orElseThrow(() -> unknown(List.of(relationship.child() + "." + relationship.field())));
        List<Row> rows = org.rowsWith(object, field, row.id());
        if (rows.size() > MOST_CHILDREN) {
            throw new ApiException(
                    501,
                    "NOT_IMPLEMENTED",
                    "The emulator does not page related records; use a query for more than 2000");
        }
        List<FieldSchema> fields = fields(call, object);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("totalSize", rows.size());
        json.put("done", true);
        json.put(
                "records",
                rows.stream()
                        .map(child -> RecordJson.of(call.root(), child, fields))
                        .toList());
        return Answer.ok(json).withRecords(rows.size());
    }

    private static List<FieldSchema> fields(ApiCall call, ObjectSchema object) {
        return call.queryParam("fields")
                .map(names -> RecordJson.fields(object, Arrays.asList(names.split(","))))
                .orElse(object.fields());
    }

    private static ApiException unknown(List<String> objects) {
        return new ApiException(501, "NOT_IMPLEMENTED", "The emulator's schema has no " + String.join(", ", objects));
    }
}
