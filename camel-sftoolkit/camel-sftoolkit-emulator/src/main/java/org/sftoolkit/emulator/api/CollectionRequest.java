package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.Schema;

/** The records of a call to sObject Collections, checked for what makes the whole call malformed. */
record CollectionRequest(boolean allOrNone, List<Element> records) {

    private static final int MOST_RECORDS = 200;
    private static final int MOST_CHUNKS = 10;

    /**
     * One record.
     *
     * @param type from {@code attributes}; for a delete the beginning of the id
     * @param id null if it has no id
     */
    record Element(String type, String id, Map<String, Object> fields) {

        /** The object of {@link #type}; the text for an unknown one is assumed, as it is not documented. */
        ObjectSchema object(Schema schema) {
            return schema.object(type)
                    .orElseThrow(() -> new RowRefusedException(
                            new SaveError("INVALID_TYPE", "sObject type '" + type + "' is not supported.")));
        }

        Object value(String field) {
            for (Map.Entry<String, Object> entry : fields.entrySet()) {
                if (entry.getKey().equalsIgnoreCase(field)) {
                    return entry.getValue();
                }
            }
            return null;
        }

        Map<String, Object> withoutId() {
            return without("Id");
        }

        Map<String, Object> without(String field) {
            Map<String, Object> rest = new LinkedHashMap<>(fields);
            rest.keySet().removeIf(field::equalsIgnoreCase);
            return rest;
        }
    }

    static CollectionRequest read(ApiCall call) {
        Map<String, Object> body = call.jsonObject();
        for (String key : body.keySet()) {
            if (!key.equals("allOrNone") && !key.equals("records")) {
                throw new ApiException(
                        400, "JSON_PARSER_ERROR", "Unexpected parameter encountered during deserialization: " + key);
            }
        }
        if (!(body.get("records") instanceof List<?> list)) {
            throw new ApiException(400, "JSON_PARSER_ERROR", "The records parameter must be an array of records");
        }
        requireFew(list.size());
        List<Element> records = new ArrayList<>(list.size());
        for (Object element : list) {
            records.add(element(element, call.body().parts()));
        }
        return new CollectionRequest(Boolean.TRUE.equals(body.get("allOrNone")), records);
    }

    static CollectionRequest ofIds(List<String> ids, boolean allOrNone) {
        requireFew(ids.size());
        return new CollectionRequest(
                allOrNone,
                ids.stream()
                        .map(String::strip)
                        .map(id -> new Element(id.substring(0, Math.min(3, id.length())), id, Map.of()))
                        .toList());
    }

    /** Refuses more than ten runs of records of one type. */
    void requireFewChunks() {
        int chunks = 0;
        String before = null;
        for (Element record : records) {
            if (!record.type().equalsIgnoreCase(before)) {
                chunks++;
                before = record.type();
            }
        }
        if (chunks > MOST_CHUNKS) {
            // The limit is documented, the text is that of the SOAP API.
            throw new ApiException(
                    400,
                    "LIMIT_EXCEEDED",
                    "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce"
                            + " chunking.");
        }
    }

    /** Refuses records of other types: an upsert is for one type only. */
    void requireOnly(ObjectSchema object) {
        for (Element record : records) {
            if (!record.type().equalsIgnoreCase(object.name())) {
                throw new ApiException(
                        400,
                        "INVALID_TYPE",
                        "All records of an upsert must be of the type " + object.name()
                                + " that the address names, not " + record.type());
            }
        }
    }

    private static void requireFew(int size) {
        if (size > MOST_RECORDS) {
            throw new ApiException(
                    400,
                    "EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot submit more than 200 records into this call");
        }
    }

    private static Element element(Object element, Map<String, RequestBody.Part> parts) {
        if (!(element instanceof Map<?, ?> map)
                || !(map.get("attributes") instanceof Map<?, ?> attributes)
                || !(attributes.get("type") instanceof String type)) {
            // That attributes.type is required is documented, the error is assumed.
            throw new ApiException(400, "INVALID_INPUT", "Each record needs the type of its object in attributes.type");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put((String) name, value));
        if (attributes.get("binaryPartName") instanceof String part) {
            if (!parts.containsKey(part) || !(attributes.get("binaryPartNameAlias") instanceof String)) {
                throw new ApiException(
                        400,
                        "INVALID_MULTIPART_REQUEST",
                        "binaryPartName must name a binary part, and binaryPartNameAlias the field for it: " + part);
            }
            fields.put(
                    (String) attributes.get("binaryPartNameAlias"),
                    parts.get(part).content());
        }
        Element read = new Element(type, null, fields);
        Object id = read.value("Id");
        return new Element(type, id == null ? null : id.toString(), fields);
    }
}
