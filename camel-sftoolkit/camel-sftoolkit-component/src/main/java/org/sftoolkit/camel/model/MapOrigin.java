package org.sftoolkit.camel.model;

import java.util.Map;

/** Writes back into a user's map; one that is immutable or has other keys stays as it is: result and headers carry the Id. */
record MapOrigin(Map<?, ?> map) implements SourceRecord.Origin {

    @Override
    public void setId(String id) {
        change(names -> {
            String key = FieldNames.find(names, "Id");
            if (id != null) {
                names.put(key == null ? "Id" : key, id);
            } else if (key != null) {
                names.remove(key);
            }
        });
    }

    @Override
    public void merge(SObject read) {
        change(names -> read.forEach((field, value) -> {
            String key = FieldNames.find(names, field);
            names.put(key == null ? field : key, value);
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
        } catch (UnsupportedOperationException | ClassCastException immutable) {
            return;
        }
    }
}
