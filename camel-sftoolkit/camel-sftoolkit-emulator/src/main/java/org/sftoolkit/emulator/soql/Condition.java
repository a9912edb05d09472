package org.sftoolkit.emulator.soql;

import java.util.List;

/** A condition of WHERE or HAVING. */
sealed interface Condition {
    record And(List<Condition> parts) implements Condition {}

    record Or(List<Condition> parts) implements Condition {}

    record Not(Condition part) implements Condition {}

    record Compare(Expression left, Operator operator, Literal value, int valuePosition) implements Condition {}

    record InList(Expression left, boolean negated, List<Literal> values, int valuePosition) implements Condition {}

    /** A semi-join, or with {@code negated} an anti-join. */
    record InQuery(Expression left, boolean negated, Query query, int queryPosition) implements Condition {}

    /** INCLUDES, or with {@code negated} EXCLUDES. */
    record Includes(Expression left, boolean negated, List<Literal> values, int valuePosition) implements Condition {}

    enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LIKE("LIKE");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        boolean isEquality() {
            return this == EQUAL || this == NOT_EQUAL;
        }
    }
}
