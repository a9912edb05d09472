package org.sftoolkit.examples.bulk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.BulkRow;

/** Mends rows that Salesforce refused, and reports those that cannot be mended. */
public final class RowRepair {

    private RowRepair() {}

    /** The refused rows, with words taken out of their numbers. */
    public static List<Map<String, Object>> mended(@Body BulkResult load) {
        var rows = new ArrayList<Map<String, Object>>();
        for (BulkRow row : load.failed()) {
            var record = new LinkedHashMap<String, Object>(row.cells());
            record.computeIfPresent(
                    "NumberOfEmployees", (field, text) -> text.toString().replaceFirst(" .*", ""));
            rows.add(record);
        }
        return rows;
    }

    /** A line for each row that was refused. */
    public static String report(@Body BulkResult load) {
        var lines = new StringBuilder();
        for (BulkRow row : load.failed()) {
            lines.append(row.cells().get("External_ID__c"))
                    .append(": ")
                    .append(row.error().message())
                    .append('\n');
        }
        return lines.toString();
    }
}
