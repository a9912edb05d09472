package org.sftoolkit.camel.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one row of a bulk load.
 *
 * @param id Id of the record; null if no record was created, and for rows that were not processed
 * @param created whether the load created it
 * @param error why it was refused; null for others
 * @param cells the row as Salesforce gives it back, text by column; numbers may have changed their form
 * @param given the record as it was given, of one that was refused before it was sent; null for others
 * @param index place of the record in the input of {@code bulk}, from 0, with {@code matchRows=true} and for records that were
 *     refused before they were sent; {@link #UNKNOWN} for others
 */
public record BulkRow(
        @Nullable String id,
        boolean created,
        @Nullable SaveError error,
        Map<String, String> cells,
        @Nullable Object given,
        int index) {

    /** The index of a row whose place in the input is not known. */
    public static final int UNKNOWN = -1;

    /** A row that Salesforce reported. */
    public BulkRow(@Nullable String id, boolean created, @Nullable SaveError error, Map<String, String> cells) {
        this(id, created, error, cells, null, UNKNOWN);
    }

    /** A record that was not sent, since it cannot be written. */
    public static BulkRow refused(@Nullable Object given, SaveError error, int index) {
        return new BulkRow(null, false, error, Map.of(), given, index);
    }

    /** The same row at a place of the input. */
    public BulkRow at(int place) {
        return new BulkRow(id, created, error, cells, given, place);
    }

    /** Whether the org now has the requested state. */
    public boolean success() {
        return id != null && error == null;
    }

    /** Whether it was refused for a reason that passes, such as a row lock, or was not processed at all. */
    public boolean retryable() {
        return error == null ? id == null : error.retryable();
    }

    /**
     * The row as a record that can be sent again: without empty cells, null for {@code #N/A}, parents nested.
     *
     * @param type API name of the object, or null
     */
    public SObject record(@Nullable String type) {
        if (given instanceof SObject record) {
            return record;
        }
        if (given instanceof Map<?, ?> map) {
            var fields = new LinkedHashMap<String, Object>();
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
            return SObject.of(type, fields);
        }
        var record = new SObject(type);
        cells.forEach((column, cell) -> {
            if (!cell.isEmpty()) {
                put(record, column, CsvCell.value(cell));
            }
        });
        return record;
    }

    /** As {@link #record(String)}, the object unnamed. */
    public SObject record() {
        return record(null);
    }

    private static void put(SObject record, String column, @Nullable Object value) {
        int dot = column.indexOf('.');
        if (dot < 0) {
            record.put(column, value);
            return;
        }
        int colon = column.indexOf(':');
        var parent = new LinkedHashMap<String, Object>();
        if (colon >= 0 && colon < dot) {
            parent.put("attributes", Map.of("type", column.substring(0, colon)));
        }
        parent.put(column.substring(dot + 1), value);
        record.put(column.substring(colon < dot ? colon + 1 : 0, dot), parent);
    }
}
