package org.sftoolkit.camel.bulk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.CsvCell;
import org.sftoolkit.camel.model.InvalidValueException;

/**
 * The columns of a record's fields. They have the org's names, because results contain only those. Parents are in
 * {@code Parent__r.Key__c}, with their type if the field can refer to several objects. Not thread-safe.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_csv_rel_field_header_row.htm">Bulk
 *     API 2.0 and Bulk API Developer Guide: Relationship Fields in a Header Row</a>
 */
public final class BulkColumns {

    /** Relationships that usually refer to several objects, for objects without a description. */
    private static final Set<String> POLYMORPHIC = Set.of("who", "what", "owner");

    private final @Nullable ObjectDescription object;
    private final Map<String, String> spelled = new HashMap<>();

    /** @param object null if it is not known */
    public BulkColumns(@Nullable ObjectDescription object) {
        this.object = object;
    }

    /** Cells by column. Parents, the only maps among the fields, become cells. */
    public Map<String, Object> cells(Map<String, Object> fields) {
        var cells = new LinkedHashMap<String, Object>(fields.size() * 2);
        fields.forEach((name, value) -> {
            if (value instanceof Map<?, ?> parent) {
                parent.forEach((key, content) -> {
                    if (!"attributes".equals(key)) {
                        put(cells, prefix(name, parent) + relationship(name) + '.' + key, content);
                    }
                });
            } else {
                put(cells, spelled.computeIfAbsent(name, this::spelling), value);
            }
        });
        return cells;
    }

    private static void put(Map<String, Object> cells, String column, @Nullable Object value) {
        if (CsvCell.NULL.equals(value)) {
            throw new InvalidValueException(column, CsvCell.NULL_TEXT);
        }
        cells.put(column, value);
    }

    /** Whether the object is known, and has no such field. */
    public boolean isUnknown(String name) {
        return object != null && name.indexOf('.') < 0 && object.field(name).isEmpty();
    }

    private String spelling(String name) {
        return object == null
                ? name
                : object.field(name).map(FieldDescription::name).orElse(name);
    }

    private String relationship(String name) {
        return reference(name).map(FieldDescription::relationship).orElse(name);
    }

    private Optional<FieldDescription> reference(String relationship) {
        return object == null ? Optional.empty() : object.reference(relationship);
    }

    private String prefix(String relationship, Map<?, ?> parent) {
        boolean several = reference(relationship)
                .map(FieldDescription::polymorphic)
                .orElseGet(() -> POLYMORPHIC.contains(relationship.toLowerCase(Locale.ROOT)));
        Object type = parent.get("attributes") instanceof Map<?, ?> attributes ? attributes.get("type") : null;
        if (several && type == null && object != null) {
            throw new InvalidValueException(
                    "INVALID_FIELD",
                    relationship,
                    "this field can refer to several objects: set attributes.type of the parent");
        }
        return several && type != null ? type + ":" : "";
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
