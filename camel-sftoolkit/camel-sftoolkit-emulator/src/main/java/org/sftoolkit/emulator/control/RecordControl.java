package org.sftoolkit.emulator.control;

import static org.sftoolkit.emulator.control.Field.Type.FLAG;
import static org.sftoolkit.emulator.control.Field.Type.INTEGER;
import static org.sftoolkit.emulator.control.Field.Type.TEXT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.OrgSnapshot;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.Seeding;
import org.sftoolkit.emulator.org.WireValues;

/** The rows: filled in, looked at, kept and put back. */
final class RecordControl {

    private static final String RECORDS = "records";
    private static final Object SEED_EXAMPLE = Map.of(
            "Account", List.of(Map.of("Name", "Acme", "External_ID__c", "A-1")),
            "Contact", List.of(Map.of("LastName", "Lovelace", "Account", Map.of("External_ID__c", "A-1"))));

    private final Controlled emulator;
    private final Org org;

    RecordControl(Controlled emulator) {
        this.emulator = emulator;
        this.org = emulator.org();
    }

    List<Resource> resources() {
        return List.of(
                Resource.of("GET", "/export", RECORDS, 200, "All rows by object, as a seed has them.", this::export)
                        .offLoop(),
                Resource.of(
                                "POST",
                                "/seed",
                                RECORDS,
                                200,
                                "Writes records by object, all or none; parents by key.",
                                this::seed)
                        .java("EmulatorBuilder.seed", "Org.insert", "Org.update")
                        .anyBody(SEED_EXAMPLE)
                        .offLoop(),
                Resource.of(
                                "GET",
                                "/records/{object}",
                                RECORDS,
                                200,
                                "The rows of an object, in order of id.",
                                this::records)
                        .java("Org.all", "Org.count")
                        .query(
                                Field.of("deleted", FLAG, true, "with those in the recycle bin"),
                                Field.of("limit", INTEGER, 100, "at most so many"),
                                Field.of("after", TEXT, "001…", "only those behind this id"))
                        .offLoop(),
                Resource.of("GET", "/records/{object}/{id}", RECORDS, 200, "One row, deleted or not.", this::record)
                        .java("Org.find"),
                Resource.of(
                                "DELETE",
                                "/records/{object}/{id}",
                                RECORDS,
                                204,
                                "Moves a row into the recycle bin.",
                                this::delete)
                        .java("Org.delete", "Org.purge")
                        .query(Field.of("purge", FLAG, true, "removes it for good"))
                        .offLoop(),
                Resource.of(
                                "POST",
                                "/records/{object}/{id}/undelete",
                                RECORDS,
                                204,
                                "Takes a row out of the recycle bin.",
                                this::undelete)
                        .java("Org.undelete")
                        .offLoop(),
                Resource.of(
                                "POST",
                                "/reset",
                                RECORDS,
                                204,
                                "Empties org, request log and faults, ends queries and bulk jobs; sessions live on.",
                                this::reset)
                        .java("Org.clear")
                        .offLoop(),
                Resource.of("GET", "/snapshots", "snapshots", 200, "The snapshots that are kept.", this::listSnapshots)
                        .java("Org.snapshot"),
                Resource.of(
                                "POST",
                                "/snapshots",
                                "snapshots",
                                201,
                                "Keeps all rows and deletions as they are now, in memory.",
                                this::takeSnapshot)
                        .body(Field.of("name", TEXT, "before-import", "one of the same name is replaced")
                                .must())
                        .offLoop(),
                Resource.of(
                                "POST",
                                "/snapshots/{name}/restore",
                                "snapshots",
                                204,
                                "Puts all rows and deletions back.",
                                this::restoreSnapshot)
                        .java("Org.restore")
                        .offLoop(),
                Resource.of(
                        "DELETE", "/snapshots/{name}", "snapshots", 204, "Forgets a snapshot.", this::forgetSnapshot));
    }

    private Answer export(ApiCall call, Values body) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (ObjectSchema object : org.schema().objects()) {
            List<Row> rows = org.rows(object, false);
            if (!rows.isEmpty()) {
                json.put(object.name(), rows.stream().map(RecordControl::json).toList());
            }
        }
        return Answer.ok(json);
    }

    private Answer seed(ApiCall call, Values body) {
        Seeding seeding = new Seeding(org);
        body.all().forEach((object, records) -> {
            org.object(object);
            int number = 0;
            for (Object record : records instanceof List<?> list ? list : List.of(records)) {
                number++;
                String place = object + " " + number;
                if (!(record instanceof Map<?, ?> fields)) {
                    throw Values.refused(place + ": not a record");
                }
                seeding.add(object, fields, place);
            }
        });
        int written = org.writeTogether(seeding::write, kept -> true);
        return Answer.ok(Map.of("written", written));
    }

    private Answer records(ApiCall call, Values body) {
        ObjectSchema object = object(call);
        boolean withDeleted = call.queryParam("deleted").filter("true"::equals).isPresent();
        String after = call.queryParam("after").orElse("");
        int limit = call.queryParam("limit").map(RecordControl::limit).orElse(Integer.MAX_VALUE);
        return Answer.ok(org.rows(object, after, false, limit, withDeleted).stream()
                .map(RecordControl::json)
                .toList());
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw Values.refused("'limit' must be a whole number, not " + text);
        }
        return Integer.parseInt(text);
    }

    private Answer record(ApiCall call, Values body) {
        return Answer.ok(json(row(call)));
    }

    private Answer delete(ApiCall call, Values body) {
        Row row = row(call);
        if (call.queryParam("purge").filter("true"::equals).isPresent()) {
            org.purge(row.schema().name(), row.id());
        } else {
            org.delete(row.schema().name(), row.id());
        }
        return Answer.noContent();
    }

    private Answer undelete(ApiCall call, Values body) {
        Row row = row(call);
        org.undelete(row.schema().name(), row.id());
        return Answer.noContent();
    }

    private Answer reset(ApiCall call, Values body) {
        emulator.reset();
        return Answer.noContent();
    }

    private Answer listSnapshots(ApiCall call, Values body) {
        return Answer.ok(emulator.snapshots().all().entrySet().stream()
                .map(entry -> described(entry.getKey(), entry.getValue()))
                .toList());
    }

    private Answer takeSnapshot(ApiCall call, Values body) {
        String name = body.text("name").orElseThrow();
        return Answer.json(201, described(name, emulator.snapshots().take(name)));
    }

    private static Map<String, Object> described(String name, OrgSnapshot snapshot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("taken", snapshot.taken().toString());
        json.put("records", snapshot.size());
        return json;
    }

    private Answer restoreSnapshot(ApiCall call, Values body) {
        if (!emulator.snapshots().restore(call.param("name"))) {
            throw noSnapshot(call);
        }
        return Answer.noContent();
    }

    private Answer forgetSnapshot(ApiCall call, Values body) {
        if (!emulator.snapshots().forget(call.param("name"))) {
            throw noSnapshot(call);
        }
        return Answer.noContent();
    }

    private ApiException noSnapshot(ApiCall call) {
        return notFound("there is no snapshot '" + call.param("name") + "'. Snapshots: "
                + emulator.snapshots().all().keySet());
    }

    private ObjectSchema object(ApiCall call) {
        return org.schema()
                .object(call.param("object"))
                .orElseThrow(() -> notFound("the schema has no object '" + call.param("object") + "'"));
    }

    private Row row(ApiCall call) {
        return org.row(object(call), call.param("id"))
                .orElseThrow(() -> notFound("there is no row " + call.param("id") + " of " + call.param("object")));
    }

    static ApiException notFound(String message) {
        return new ApiException(404, "NOT_FOUND", message);
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (FieldSchema field : row.schema().fields()) {
            json.put(field.name(), WireValues.of(field, row.get(field)));
        }
        return json;
    }
}
