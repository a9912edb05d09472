package org.sftoolkit.camel.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks fields up as Salesforce does: without regard to case. */
public final class FieldNames {

    private FieldNames() {}

    /** The key under which the map holds this field, or null; an exact match first. */
    public static @Nullable String find(Map<String, ?> values, String field) {
        if (values.containsKey(field)) {
            return field;
        }
        for (String key : values.keySet()) {
            if (key.equalsIgnoreCase(field)) {
                return key;
            }
        }
        return null;
    }

    /** The field's value; null if it is absent or null. */
    public static @Nullable Object value(Map<String, ?> values, String field) {
        String key = find(values, field);
        return key == null ? null : values.get(key);
    }
}
