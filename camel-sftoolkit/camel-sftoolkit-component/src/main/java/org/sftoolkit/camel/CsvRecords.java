package org.sftoolkit.camel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.model.CsvRows;
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

    private final CsvRows rows;

    CsvRecords(CsvRows rows) {
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public SourceRecord next() {
        List<String> cells = rows.next();
        if (cells.size() != rows.header().size()) {
            return SourceRecord.unusable(
                    cells,
                    "the row has " + cells.size() + " cells, the header "
                            + rows.header().size());
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
