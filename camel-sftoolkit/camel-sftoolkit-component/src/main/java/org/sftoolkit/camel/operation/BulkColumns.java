package org.sftoolkit.camel.operation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.camel.model.CsvCell;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.Scalars;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Which cells a record has: fields by their names, parents by a column {@code Parent__r.Key__c}. Immutable.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_csv_rel_field_header_row.htm">Bulk
 *      API 2.0 and Bulk API Developer Guide: Relationship Fields in a Header Row</a>
 */
final class BulkColumns {

    /** Relationships that may lead to several objects: only their columns name the type. */
    private static final Set<String> POLYMORPHIC = Set.of("who", "what", "owner");

    private final BulkAction action;
    private final String key;
    private final List<String> chosen;

    /** @param chosen the only columns to send; empty for all */
    BulkColumns(BulkAction action, String externalIdField, List<String> chosen) {
        this.action = action;
        this.key = action == BulkAction.UPSERT ? externalIdField : "Id";
        this.chosen = chosen;
    }

    /** The record's cells by column; null where a cell is to stay empty. */
    Map<String, Object> cells(SourceRecord record) {
        if (record.defect() != null) {
            return bareId(record);
        }
        if (action.deletes()) {
            return java.util.Collections.singletonMap("Id", record.id());
        }
        Map<String, Object> fields = record.fields();
        if (!isFlat(fields)) {
            return chosen(flattened(SentFields.of(record, fields.keySet(), Set.of())));
        }
        return isSentAsItIs(fields) ? fields : chosen(new LinkedHashMap<>(fields));
    }

    /** The text of a cell; an empty key makes Salesforce create a record or refuse the row, which null would not. */
    String text(String column, Object value) {
        if (value == null && column.equalsIgnoreCase(key)) {
            return "";
        }
        return CsvCell.of(value);
    }

    private Map<String, Object> bareId(SourceRecord record) {
        if (action.deletes() && record.origin() instanceof CharSequence id) {
            return Map.of("Id", id.toString().strip());
        }
        throw new IllegalArgumentException(record.defect());
    }

    private static boolean isFlat(Map<String, Object> fields) {
        for (Object value : fields.values()) {
            if (!Scalars.isCertainly(value) && (value instanceof Map || value instanceof Collection)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSentAsItIs(Map<String, Object> fields) {
        return chosen.isEmpty() && (sendsId() || !fields.containsKey("Id") && FieldNames.find(fields, "Id") == null);
    }

    private boolean sendsId() {
        return action == BulkAction.UPDATE || "Id".equalsIgnoreCase(key) && action == BulkAction.UPSERT;
    }

    /** Without an Id that Salesforce would refuse each row for, and without what was not asked for. */
    private Map<String, Object> chosen(Map<String, Object> cells) {
        if (!sendsId()) {
            cells.keySet().removeIf("Id"::equalsIgnoreCase);
        }
        if (!chosen.isEmpty()) {
            cells.keySet().removeIf(name -> chosen.stream().noneMatch(name::equalsIgnoreCase));
        }
        return cells;
    }

    private static Map<String, Object> flattened(Map<String, Object> fields) {
        var cells = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (value instanceof Map<?, ?> parent) {
                parent.forEach((field, content) -> {
                    if (!"attributes".equals(field)) {
                        cells.put(prefix(name, parent) + name + '.' + field, content);
                    }
                });
            } else {
                cells.put(name, value);
            }
        });
        return cells;
    }

    private static String prefix(String relationship, Map<?, ?> parent) {
        boolean typed = POLYMORPHIC.contains(relationship.toLowerCase(Locale.ROOT))
                && parent.get("attributes") instanceof Map<?, ?> attributes
                && attributes.get("type") != null;
        return typed ? ((Map<?, ?>) parent.get("attributes")).get("type") + ":" : "";
    }

    /** The columns of several records, in the order of their first appearance. */
    static List<String> union(List<String> known, Collection<Map<String, Object>> records) {
        var names = new LinkedHashMap<String, String>();
        known.forEach(name -> names.put(folded(name), name));
        records.forEach(cells -> cells.keySet().forEach(name -> names.putIfAbsent(folded(name), name)));
        return new ArrayList<>(names.values());
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
