package org.sftoolkit.camel.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What names the records to fetch or delete, as an operation takes it.
 *
 * @param keys   Ids or external ids as text or numbers, or {@link SourceRecord}s that hold one; in order; null for an entry
 *               that names nothing
 * @param single whether one was asked for, so that one answer is expected and not a list
 */
public record RecordIds(List<Object> keys, boolean single) {

    public RecordIds {
        keys = Collections.unmodifiableList(new ArrayList<>(keys));
    }

    /**
     * The Id or external id of the entry at this place, or null where it has none.
     *
     * @param externalIdField the field whose value a record is known by; null for its Id
     */
    public Object value(int place, String externalIdField) {
        Object key = keys.get(place);
        if (key instanceof SourceRecord record) {
            return externalIdField == null ? record.id() : FieldNames.value(record.fields(), externalIdField);
        }
        return key instanceof String text && text.isBlank() ? null : key;
    }

    /** The object that the entry was given as. */
    public Object origin(int place) {
        return keys.get(place) instanceof SourceRecord record ? record.origin() : keys.get(place);
    }
}
