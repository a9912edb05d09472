package org.sftoolkit.camel.model;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Refuses records with invalid field names, or with the same name twice. One for each list of records. Not thread-safe. */
final class NameCheck {

    private static final int FEW = 64;
    /** {@code Name}, or the path of a parent's field; not {@code null}, which a map's missing name reads as. Too many dots are refused elsewhere, with a better message. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z]\\w*:)?(?!null$)[A-Za-z]\\w*(\\.\\w+)*");

    private String[] checked = {};

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Records of a list mostly have the same names, so that it is enough to see that they are those of the last one. */
    void check(Set<String> names) {
        int i = 0;
        if (names.size() == checked.length) {
            for (String name : names) {
                if (!name.equals(checked[i])) {
                    break;
                }
                i++;
            }
        }
        if (i == checked.length && i == names.size()) {
            return;
        }
        String[] all = names.toArray(String[]::new);
        for (String name : all) {
            if (!NAME.matcher(name).matches()) { // as a column of a job it would fail all records
                throw new InvalidValueException("INVALID_FIELD", name, "this is not a valid field name");
            }
        }
        if (all.length > FEW) {
            var seen = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
            for (String name : all) {
                if (!seen.add(name)) {
                    throw twice(name, seen.floor(name));
                }
            }
        } else {
            for (int later = 1; later < all.length; later++) {
                for (int earlier = 0; earlier < later; earlier++) {
                    if (all[later].length() == all[earlier].length() && all[later].equalsIgnoreCase(all[earlier])) {
                        throw twice(all[later], all[earlier]);
                    }
                }
            }
        }
        checked = all;
    }

    private static InvalidValueException twice(String name, String other) {
        return new InvalidValueException(
                "INVALID_FIELD",
                name,
                "the record has " + other + " too, and Salesforce ignores case in field names: remove one");
    }
}
