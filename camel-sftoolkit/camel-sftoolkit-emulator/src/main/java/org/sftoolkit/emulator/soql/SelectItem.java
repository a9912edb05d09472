package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Optional;

/** One entry of a SELECT list. */
sealed interface SelectItem {
    record Value(Expression expression, Optional<String> alias) implements SelectItem {}

    /** {@code COUNT()} without an argument: the whole answer is the number of matches. */
    record CountAll(int position) implements SelectItem {}

    record Subquery(Query query, int position) implements SelectItem {}

    record Typeof(String relationship, List<When> whens, List<Expression.Path> otherwise, int position)
            implements SelectItem {}

    record When(String type, List<Expression.Path> fields, int position) {}

    /** {@code FIELDS(ALL)} and its kin. */
    record Fields(FieldsGroup group, int position) implements SelectItem {}

    enum FieldsGroup {
        ALL,
        STANDARD,
        CUSTOM
    }
}
