package org.sftoolkit.camel.client;

import org.jspecify.annotations.Nullable;

/**
 * What names one record.
 *
 * @param type  the object's API name
 * @param field the external id field; null for the record's Id
 * @param value Id or external id
 */
public record RecordKey(String type, @Nullable String field, Object value) {

    /** A record by its Id. */
    public static RecordKey id(String type, String id) {
        return new RecordKey(type, null, id);
    }

    /** A record by an external id, or by its Id if the field is null. */
    public static RecordKey of(String type, @Nullable String field, Object value) {
        return new RecordKey(type, field, value);
    }
}
