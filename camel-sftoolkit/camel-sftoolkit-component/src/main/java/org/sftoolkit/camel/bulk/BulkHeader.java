package org.sftoolkit.camel.bulk;

import java.util.List;
import org.sftoolkit.camel.operation.BulkAction;
import org.sftoolkit.camel.operation.CallOptions;

/** Checks the columns of a load before a job is made: Salesforce would let the whole job fail, minutes later. */
final class BulkHeader {

    private BulkHeader() {}

    /** Throws {@code IllegalArgumentException} that names the column and the cure. */
    static void check(List<String> columns, BulkAction action, CallOptions options) {
        if (action.deletes() && !(columns.size() == 1 && columns.get(0).equalsIgnoreCase("Id"))) {
            throw new IllegalArgumentException(
                    "bulkOperation=" + action + " needs exactly one column, Id, but the input has " + columns);
        }
        if (action == BulkAction.UPDATE) {
            require(columns, "Id", action);
        }
        if (action == BulkAction.UPSERT && !options.requiredExternalIdField().equalsIgnoreCase("Id")) {
            require(columns, options.requiredExternalIdField(), action);
        }
    }

    private static void require(List<String> columns, String column, BulkAction action) {
        if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
            throw new IllegalArgumentException(
                    "bulkOperation=" + action + " needs the column " + column + ", but the input has " + columns);
        }
    }
}
