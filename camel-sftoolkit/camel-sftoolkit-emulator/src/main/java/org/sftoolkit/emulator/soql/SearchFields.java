package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/** The groups of fields that a search looks into (SOQL and SOSL Reference: IN SearchGroup). */
enum SearchFields {
    ALL,
    NAME,
    EMAIL,
    PHONE;

    private static final Set<String> NAMES = Set.of("name", "firstname", "lastname", "middlename", "suffix", "company");

    /** @throws SoqlException for a group that is not supported, or unknown */
    static SearchFields named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("SIDEBAR")) {
            throw SoqlException.malformedSearch("The emulator does not support IN SIDEBAR FIELDS");
        }
        for (SearchFields group : values()) {
            if (group.name().equals(upper)) {
                return group;
            }
        }
        throw SoqlException.malformedSearch("unexpected token: '" + name + "'");
    }

    List<FieldSchema> of(ObjectSchema object) {
        return object.fields().stream().filter(this::includes).toList();
    }

    private boolean includes(FieldSchema field) {
        return switch (this) {
            case ALL -> field.type().isText() && field.type() != FieldType.ENCRYPTEDSTRING;
            case NAME -> field.nameField() || NAMES.contains(field.name().toLowerCase(Locale.ROOT));
            case EMAIL -> field.type() == FieldType.EMAIL;
            case PHONE -> field.type() == FieldType.PHONE;
        };
    }

    /** The words of each of the fields that has any. */
    static List<List<String>> texts(Row row, List<FieldSchema> fields) {
        List<List<String>> texts = new ArrayList<>();
        for (FieldSchema field : fields) {
            if (row.get(field) instanceof String text) {
                texts.add(SearchTerm.words(text));
            }
        }
        return texts;
    }
}
