package org.sftoolkit.emulator.org;

import java.util.ArrayList;
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
        List<String> found = new ArrayList<>();
        for (Row other : table.rows(false)) {
            if (!other.id().equals(row.id())
                    && fields.stream().allMatch(field -> same(row.get(field), other.get(field)))) {
                found.add(other.id());
            }
        }
        if (!found.isEmpty()) {
            throw new RowRefusedException(
                    new SaveError("DUPLICATES_DETECTED", "Use one of these records?"),
                    new Duplicates(row.schema().name(), List.copyOf(found)));
        }
    }

    /**
     * What a rule found.
     *
     * @param object its object, by which the rules of an org without own ones are called
     * @param ids    of the rows that are the same
     */
    public record Duplicates(String object, List<String> ids) {}

    private static boolean same(Object one, Object other) {
        return one != null
                && other != null
                && one.toString()
                        .toLowerCase(Locale.ROOT)
                        .equals(other.toString().toLowerCase(Locale.ROOT));
    }
}
