package org.sftoolkit.examples.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.sftoolkit.camel.model.SaveResult;

/** Turns rows of the shop into Accounts, and results back into keys of rows. */
public final class CustomerRows {

    private CustomerRows() {}

    /** Rows by the names of Salesforce's fields. */
    public static List<Map<String, Object>> records(@Body List<Map<String, Object>> rows) {
        return rows.stream().map(CustomerRows::record).toList();
    }

    private static Map<String, Object> record(Map<String, Object> row) {
        var record = new LinkedHashMap<String, Object>();
        record.put("Name", row.get("NAME"));
        record.put("External_ID__c", row.get("CODE"));
        record.put("NumberOfEmployees", row.get("EMPLOYEES"));
        return record;
    }

    /** Keys of the rows that were saved. */
    public static List<Map<String, Object>> sent(@Body List<SaveResult> results) {
        return results.stream()
                .filter(SaveResult::success)
                .map(result -> Map.of("code", ((Map<?, ?>) result.record()).get("External_ID__c")))
                .map(key -> Map.<String, Object>copyOf(key))
                .toList();
    }
}
