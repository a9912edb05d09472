package org.sftoolkit.camel.model;

import java.util.Map;

/**
 * Writes back into a user's map, as far as it takes the values; one that is immutable or has other keys stays as it is: result
 * and headers carry the Id.
 */
record MapOrigin(Map<?, ?> map) implements SourceRecord.Origin {

    @Override
    public void setId(String id) {
        change(names -> {
            String key = FieldNames.find(names, "Id");
            if (id != null) {
                put(names, key == null ? "Id" : key, id);
            } else if (key != null) {
                names.remove(key);
            }
        });
    }

    @Override
    public void merge(SObject read) {
        change(names -> read.forEach((field, value) -> {
            String key = FieldNames.find(names, field);
            put(names, key == null ? field : key, value);
        }));
    }

    @SuppressWarnings("unchecked") // only a map of which all keys are text is taken as one
    private void change(java.util.function.Consumer<Map<String, Object>> change) {
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                return;
            }
        }
        try {
            change.accept((Map<String, Object>) map);
        } catch (UnsupportedOperationException immutable) {
            return;
        }
    }

    /** The record is saved, whatever the map does not take: no null, say, or no further key. */
    private static void put(Map<String, Object> names, String key, Object value) {
        try {
            names.put(key, value);
        } catch (NullPointerException noNulls) {
            names.remove(key);
        } catch (IllegalArgumentException | ClassCastException notTaken) {
            return;
        }
    }
}
