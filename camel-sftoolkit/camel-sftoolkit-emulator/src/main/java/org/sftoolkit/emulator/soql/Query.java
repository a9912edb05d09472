package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A parsed SELECT, of a statement, a child subquery or a join; names are as written, nothing is resolved yet.
 *
 * @param aliases further FROM entries such as {@code c.Account a}
 * @param modifiers clauses that this emulator accepts and that change nothing in its answer, in upper case
 */
record Query(
        List<SelectItem> select,
        Source from,
        List<PathAlias> aliases,
        Optional<String> scope,
        Optional<Condition> where,
        List<Expression> groupBy,
        Optional<Condition> having,
        List<OrderKey> orderBy,
        OptionalLong limit,
        OptionalLong offset,
        List<String> modifiers) {

    record Source(String name, Optional<String> alias, int position) {}

    record PathAlias(Expression.Path path, String alias) {}

    /** @param nullsFirst resolved from the clause or, without one, the default: nulls first, in either direction */
    record OrderKey(Expression expression, boolean descending, boolean nullsFirst) {}

    boolean isCountAll() {
        return select.size() == 1 && select.get(0) instanceof SelectItem.CountAll;
    }
}
