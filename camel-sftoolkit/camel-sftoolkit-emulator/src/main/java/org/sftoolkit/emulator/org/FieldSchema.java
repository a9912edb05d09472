package org.sftoolkit.emulator.org;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One field of an object, from its describe result. Immutable.
 *
 * @param index position among the object's fields, and of its value in a {@link Row}
 * @param length maximum number of characters, 0 for no limit
 * @param relationshipName name of the relationship to the parent, or null
 * @param picklist the active values, in order; empty for other types
 * @param defaultValue value of an unset field on insert, or null
 * @param compoundFieldName the compound field this is a part of, or null
 * @param describe the field's own JSON, handed out unchanged by the describe resource
 */
public record FieldSchema(
        int index,
        String name,
        String label,
        FieldType type,
        int length,
        int precision,
        int scale,
        int digits,
        boolean createable,
        boolean updateable,
        boolean nillable,
        boolean defaultedOnCreate,
        boolean calculated,
        boolean autoNumber,
        boolean externalId,
        boolean idLookup,
        boolean unique,
        boolean caseSensitive,
        boolean nameField,
        boolean filterable,
        boolean sortable,
        boolean groupable,
        boolean custom,
        boolean restrictedPicklist,
        List<String> referenceTo,
        String relationshipName,
        Set<String> picklist,
        Object defaultValue,
        String compoundFieldName,
        JsonNode describe) {

    static FieldSchema read(int index, JsonNode json) {
        FieldType type = FieldType.named(json.path("type").asText("string"));
        String name = json.required("name").asText();
        return new FieldSchema(
                index,
                name,
                json.path("label").asText(name),
                type,
                json.path("length").asInt(),
                json.path("precision").asInt(),
                json.path("scale").asInt(),
                json.path("digits").asInt(),
                json.path("createable").asBoolean(),
                json.path("updateable").asBoolean(),
                json.path("nillable").asBoolean(true),
                json.path("defaultedOnCreate").asBoolean(),
                json.path("calculated").asBoolean(),
                json.path("autoNumber").asBoolean(),
                json.path("externalId").asBoolean(),
                json.path("idLookup").asBoolean(),
                json.path("unique").asBoolean(),
                json.path("caseSensitive").asBoolean(),
                json.path("nameField").asBoolean(),
                json.path("filterable").asBoolean(true),
                json.path("sortable").asBoolean(true),
                json.path("groupable").asBoolean(true),
                json.path("custom").asBoolean(),
                json.path("restrictedPicklist").asBoolean(),
                texts(json.path("referenceTo")),
                json.path("relationshipName").asText(null),
                activeValues(json.path("picklistValues")),
                defaultOf(json),
                json.path("compoundFieldName").asText(null),
                json);
    }

    /** Whether an insert without a value for this field is refused. */
    public boolean requiredOnCreate() {
        return createable && !nillable && !defaultedOnCreate && type != FieldType.BOOLEAN;
    }

    /** Whether rows can be found and upserted by this field: an external id, or a field with {@code idLookup}. */
    public boolean isKey() {
        return externalId || idLookup;
    }

    /** Whether this may point at more than one object. */
    public boolean polymorphic() {
        return referenceTo.size() > 1;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    private static Set<String> activeValues(JsonNode values) {
        Set<String> active = new LinkedHashSet<>();
        for (JsonNode value : values) {
            if (value.path("active").asBoolean(true)) {
                active.add(value.path("value").asText());
            }
        }
        return Collections.unmodifiableSet(active);
    }

    private static Object defaultOf(JsonNode json) {
        JsonNode value = json.path("defaultValue");
        if (!value.isMissingNode() && !value.isNull()) {
            return value.isBoolean() ? (Object) value.asBoolean() : value.asText();
        }
        for (JsonNode entry : json.path("picklistValues")) {
            if (entry.path("defaultValue").asBoolean() && entry.path("active").asBoolean(true)) {
                return entry.path("value").asText();
            }
        }
        return null;
    }
}
