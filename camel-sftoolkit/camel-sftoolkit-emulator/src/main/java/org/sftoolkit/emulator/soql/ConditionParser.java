package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sftoolkit.emulator.soql.Condition.Operator;
import org.sftoolkit.emulator.soql.Token.Kind;

/**
 * Reads the condition of WHERE and HAVING. AND and OR mix only with parentheses, and NOT takes one simple condition
 * (SOQL and SOSL Reference: Condition Expression Syntax).
 */
final class ConditionParser {
    private final TokenStream in;
    private final ExpressionParser expressions;
    private final LiteralParser literals;
    private final Function<TokenStream, Query> joins;

    /** @param joins reads the SELECT of a semi-join, up to but without its closing parenthesis */
    ConditionParser(TokenStream in, Function<TokenStream, Query> joins) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
        this.literals = new LiteralParser(in);
        this.joins = joins;
    }

    Condition condition() {
        if (in.acceptWord("NOT")) {
            return new Condition.Not(simple());
        }
        Condition first = simple();
        if (in.peek().isWord("AND")) {
            return new Condition.And(chain(first, "AND"));
        }
        if (in.peek().isWord("OR")) {
            return new Condition.Or(chain(first, "OR"));
        }
        return first;
    }

    private List<Condition> chain(Condition first, String word) {
        List<Condition> parts = new ArrayList<>(List.of(first));
        while (in.acceptWord(word)) {
            parts.add(simple());
        }
        return List.copyOf(parts);
    }

    private Condition simple() {
        if (in.acceptSymbol("(")) {
            in.enter();
            Condition inner = condition();
            in.leave();
            in.expectSymbol(")");
            return inner;
        }
        return comparison();
    }

    private Condition comparison() {
        Expression left = expressions.expression();
        Token operator = in.next();
        if (operator.kind() == Kind.NAME) {
            return wordOperator(left, operator);
        }
        Operator comparison =
                switch (operator.text()) {
                    case "=" -> Operator.EQUAL;
                    case "!=", "<>" -> Operator.NOT_EQUAL;
                    case "<" -> Operator.LESS;
                    case "<=" -> Operator.LESS_OR_EQUAL;
                    case ">" -> Operator.GREATER;
                    case ">=" -> Operator.GREATER_OR_EQUAL;
                    default -> throw in.unexpected(operator);
                };
        if (operator.kind() != Kind.SYMBOL) {
            throw in.unexpected(operator);
        }
        int position = in.peek().position();
        return new Condition.Compare(left, comparison, literals.value(false), position);
    }

    private Condition wordOperator(Expression left, Token operator) {
        int position = in.peek().position();
        if (operator.isWord("LIKE")) {
            return new Condition.Compare(left, Operator.LIKE, literals.value(true), position);
        }
        if (operator.isWord("INCLUDES") || operator.isWord("EXCLUDES")) {
            return new Condition.Includes(left, operator.isWord("EXCLUDES"), literals.list(), position);
        }
        boolean negated = operator.isWord("NOT");
        if (negated) {
            in.expectWord("IN");
        } else if (!operator.isWord("IN")) {
            throw in.unexpected(operator);
        }
        return in(left, negated);
    }

    private Condition in(Expression left, boolean negated) {
        int position = in.peek().position();
        if (!in.peekSecond().isWord("SELECT")) {
            return new Condition.InList(left, negated, literals.list(), position);
        }
        in.expectSymbol("(");
        Query query = joins.apply(in);
        in.expectSymbol(")");
        return new Condition.InQuery(left, negated, query, position);
    }
}
