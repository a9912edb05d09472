package org.sftoolkit.emulator.soql;

import java.util.Optional;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Row;

/**
 * One step from a row to its parent.
 *
 * @param reference the field that holds the parent's id
 * @param target the parent's object, or empty if it depends on the row (a polymorphic relationship)
 */
record Hop(FieldSchema reference, Optional<ObjectSchema> target) {

    String key() {
        return reference.relationshipName();
    }

    boolean polymorphic() {
        return target.isEmpty();
    }

    /** The parent row, or null if there is no visible one. */
    Row parent(Row row, QueryContext context) {
        String id = row == null ? null : (String) row.get(reference);
        if (id == null) {
            return null;
        }
        return target.or(() -> context.org().schema().objectOfId(id))
                .flatMap(object -> context.org().row(object, id))
                .filter(parent -> context.withDeleted() || !parent.deleted())
                .orElse(null);
    }
}
