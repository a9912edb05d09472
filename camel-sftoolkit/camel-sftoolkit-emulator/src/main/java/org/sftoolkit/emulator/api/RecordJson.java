package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;
import org.sftoolkit.emulator.org.WireValues;

/** A record as the data API shows it: {@code attributes} first, nulls explicit. */
final class RecordJson {

    private RecordJson() {}

    /** @param root begin of the paths, such as {@code /services/data/v66.0} */
    static Map<String, Object> of(String root, Row row, List<FieldSchema> fields) {
        String url = root + "/sobjects/" + row.schema().name() + "/" + row.id();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("type", row.schema().name());
        attributes.put("url", url);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attributes", attributes);
        for (FieldSchema field : fields) {
            Object value = row.get(field);
            boolean blob = value != null && field.type() == FieldType.BASE64;
            json.put(field.name(), blob ? url + "/" + field.name() : WireValues.of(field, value));
        }
        return json;
    }

    /**
     * The fields of those names, and Id, which is given whether asked for or not.
     *
     * @throws ApiException {@code INVALID_FIELD} for an unknown name
     */
    static List<FieldSchema> fields(ObjectSchema object, List<String> names) {
        List<FieldSchema> fields = new ArrayList<>();
        for (String name : names) {
            FieldSchema field = object.field(name.strip()).orElseThrow(() -> noColumn(object, name.strip()));
            if (!fields.contains(field)) {
                fields.add(field);
            }
        }
        object.field("Id").filter(id -> !fields.contains(id)).ifPresent(fields::add);
        return fields;
    }

    private static ApiException noColumn(ObjectSchema object, String name) {
        return new ApiException(
                400,
                "INVALID_FIELD",
                "No such column '" + name + "' on entity '" + object.name()
                        + "'. If you are attempting to use a custom field, be sure to append the '__c' after the custom"
                        + " field name. Please reference your WSDL or the describe call for the appropriate names.");
    }
}
