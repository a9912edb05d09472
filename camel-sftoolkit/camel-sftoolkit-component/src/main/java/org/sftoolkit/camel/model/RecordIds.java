package org.sftoolkit.camel.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of records to fetch or delete, as input of an operation.
 *
 * @param keys Ids (or paths of records that end in one) or external ids as text or numbers, or {@link SourceRecord}s
 *     that hold one; in order; null for an entry without key
 * @param single whether a single record was requested, so that the result is not a list
 */
public record RecordIds(List<@Nullable Object> keys, boolean single) {

    /** How Salesforce names records that share an external id. */
    private static final Pattern PATH =
            Pattern.compile("/services/data/v[0-9.]+/sobjects/\\w+/([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)");

    public RecordIds {
        keys = Collections.unmodifiableList(new ArrayList<>(keys));
    }

    /**
     * The Id or external id of the entry at this place, or null.
     *
     * @param externalIdField the field that identifies a record; null for its Id
     */
    public @Nullable Object value(int place, @Nullable String externalIdField) {
        Object key = keys.get(place);
        if (key instanceof SourceRecord record) {
            return externalIdField == null ? record.id() : FieldNames.value(record.fields(), externalIdField);
        }
        if (key instanceof String text) {
            var path = externalIdField == null && text.indexOf('/') >= 0 ? PATH.matcher(text.strip()) : null;
            return text.isBlank() ? null : path != null && path.matches() ? path.group(1) : text;
        }
        return key;
    }

    /** The object that the entry was given as. */
    public @Nullable Object origin(int place) {
        return keys.get(place) instanceof SourceRecord record ? record.origin() : keys.get(place);
    }
}
