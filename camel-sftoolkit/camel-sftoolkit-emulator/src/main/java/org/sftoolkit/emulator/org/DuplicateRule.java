package org.sftoolkit.emulator.org;

import java.util.List;
import java.util.Locale;

/**
 * Rows of an object that agree in all of these fields are duplicates (Salesforce Help: "Duplicate Rules").
 *
 * @param object its name
 * @param fields their names; a row with a null in one of them duplicates no other
 */
public record DuplicateRule(String object, List<String> fields) {

    /** Refuses a row that duplicates another living one. */
    void check(Row row, ObjectTable table) {
        if (!row.schema().name().equalsIgnoreCase(object)) {
            return;
        }
        for (Row other : table.rows(false)) {
            if (!other.id().equals(row.id())
                    && fields.stream().allMatch(field -> same(row.get(field), other.get(field)))) {
                throw RowRefusedException.of("DUPLICATES_DETECTED", "Use one of these records?");
            }
        }
    }

    private static boolean same(Object one, Object other) {
        return one != null
                && other != null
                && one.toString()
                        .toLowerCase(Locale.ROOT)
                        .equals(other.toString().toLowerCase(Locale.ROOT));
    }
}
