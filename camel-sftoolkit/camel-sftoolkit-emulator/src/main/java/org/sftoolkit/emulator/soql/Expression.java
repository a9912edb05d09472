package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Locale;

/** What can be selected, compared, grouped or sorted by. */
sealed interface Expression {
    /** Offset of the expression in the statement, for error messages. */
    int position();

    /** @param names relationship names and, last, a field name; never empty */
    record Path(List<String> names, int position) implements Expression {
        String dotted() {
            return String.join(".", names);
        }

        String field() {
            return names.get(names.size() - 1);
        }

        List<String> relationships() {
            return names.subList(0, names.size() - 1);
        }
    }

    /** @param function name as written */
    record Call(String function, List<Expression> arguments, int position) implements Expression {
        String name() {
            return function.toUpperCase(Locale.ROOT);
        }
    }

    record Constant(Literal value, int position) implements Expression {}
}
