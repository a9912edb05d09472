package org.sftoolkit.camel.body;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.sftoolkit.camel.bulk.CsvInput;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Rows of a CSV as records, by the conventions of Salesforce's own CSVs: an empty cell leaves its field alone, {@code #N/A} sets
 * it to null, a column {@code Parent__r.Key__c} names a parent by its external id.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm">Bulk API
 *      Developer Guide: Prepare CSV Files</a>
 */
final class CsvRecords implements Iterator<SourceRecord> {

    private static final String NULL = "#N/A";

    private final CsvInput rows;
    private boolean ready;

    CsvRecords(CsvInput rows) {
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        ready = ready || rows.next();
        return ready;
    }

    @Override
    public SourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        List<String> cells = rows.row().cells();
        if (rows.defect() != null) {
            return SourceRecord.unusable(cells, rows.defect());
        }
        var record = new LinkedHashMap<String, Object>(cells.size() * 2);
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                put(record, rows.header().get(i), cells.get(i));
            }
        }
        return SourceRecord.of(record);
    }

    @SuppressWarnings("unchecked") // nested maps are made here only
    private static void put(Map<String, Object> record, String column, String cell) {
        int dot = column.indexOf('.');
        Object value = cell.equals(NULL) ? null : cell;
        if (dot < 0) {
            record.put(column, value);
        } else {
            var parent = (Map<String, Object>)
                    record.computeIfAbsent(column.substring(0, dot), key -> new LinkedHashMap<>());
            parent.put(column.substring(dot + 1), value);
        }
    }
}
