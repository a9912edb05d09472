package org.sftoolkit.emulator.api;

import java.util.List;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;
import org.sftoolkit.emulator.org.Row;

/** Finds what a path names: objects, keys, rows; what is not there is refused with 404. */
final class RowFinder {

    private final Org org;

    RowFinder(Org org) {
        this.org = org;
    }

    ObjectSchema object(ApiCall call) {
        return org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
    }

    /** The field by which rows can be named. */
    FieldSchema key(ObjectSchema object, String name) {
        return object.field(name).filter(FieldSchema::isKey).orElseThrow(() -> noKey(name));
    }

    /** Whether a text is an id of that object, existing or not. */
    boolean isId(ObjectSchema object, String text) {
        return RecordIds.normalised(text)
                .filter(id -> object.keyPrefix() != null && id.startsWith(object.keyPrefix()))
                .isPresent();
    }

    /** The living row with that id. */
    Row byId(ObjectSchema object, String id) {
        return living(stored(object, id, ApiException.notFound()));
    }

    /** The living row with that id; one that never was is refused in the words of a DELETE. */
    Row toDelete(ObjectSchema object, String id) {
        return living(stored(
                object,
                id,
                new ApiException(404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", List.of())));
    }

    /** The only row with that key. */
    Row byKey(ApiCall call) {
        ObjectSchema object = object(call);
        FieldSchema key = key(object, call.param("field"));
        if (key.name().equals("Id")) {
            return byId(object, call.param("value"));
        }
        List<Row> rows = org.rowsWith(object, key, call.param("value"));
        if (rows.isEmpty()) {
            throw ApiException.notFound();
        }
        if (rows.size() > 1) {
            throw new MultipleChoicesException(
                    choices(call, object, rows.stream().map(Row::id).toList()));
        }
        return rows.get(0);
    }

    /** Status 300 with the addresses of the rows that one external id stands for. */
    static Answer choices(ApiCall call, ObjectSchema object, List<String> ids) {
        String path = call.root() + "/sobjects/" + object.name() + "/";
        return Answer.json(300, ids.stream().map(path::concat).toList());
    }

    private Row stored(ObjectSchema object, String id, ApiException missing) {
        if (!isId(object, id)) {
            throw noKey(id);
        }
        return org.row(object, id).orElseThrow(() -> missing);
    }

    private static Row living(Row row) {
        if (row.deleted()) {
            throw new ApiException(404, "ENTITY_IS_DELETED", "entity is deleted", List.of());
        }
        return row;
    }

    private static ApiException noKey(String name) {
        return new ApiException(
                404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + name);
    }
}
