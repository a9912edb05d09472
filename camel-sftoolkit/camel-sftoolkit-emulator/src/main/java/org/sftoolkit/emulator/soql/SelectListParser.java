package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sftoolkit.emulator.soql.SelectItem.FieldsGroup;
import org.sftoolkit.emulator.soql.Token.Kind;

/** Reads what stands between SELECT and FROM. */
final class SelectListParser {
    private final TokenStream in;
    private final ExpressionParser expressions;
    private final Function<TokenStream, Query> subqueries;

    SelectListParser(TokenStream in, Function<TokenStream, Query> subqueries) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
        this.subqueries = subqueries;
    }

    List<SelectItem> items() {
        List<SelectItem> items = new ArrayList<>();
        do {
            items.add(item());
        } while (in.acceptSymbol(","));
        return List.copyOf(items);
    }

    private SelectItem item() {
        Token token = in.peek();
        if (token.isSymbol("(")) {
            in.next();
            Query query = subqueries.apply(in);
            in.expectSymbol(")");
            return new SelectItem.Subquery(query, token.position());
        }
        if (token.isWord("TYPEOF") && in.peekSecond().kind() == Kind.NAME) {
            return typeof();
        }
        if (token.isWord("FIELDS") && in.peekSecond().isSymbol("(")) {
            return fields();
        }
        Expression expression = expressions.expression();
        if (expression instanceof Expression.Call call
                && call.name().equals("COUNT")
                && call.arguments().isEmpty()) {
            return new SelectItem.CountAll(call.position());
        }
        return new SelectItem.Value(expression, Optional.ofNullable(expressions.aliasOrNull()));
    }

    private SelectItem fields() {
        int position = in.next().position();
        in.expectSymbol("(");
        Token group = in.expectName();
        in.expectSymbol(")");
        for (FieldsGroup candidate : FieldsGroup.values()) {
            if (group.isWord(candidate.name())) {
                return new SelectItem.Fields(candidate, position);
            }
        }
        throw in.unexpected(group);
    }

    private SelectItem typeof() {
        int position = in.next().position();
        Token relationship = in.expectName();
        List<SelectItem.When> whens = new ArrayList<>();
        while (in.acceptWord("WHEN")) {
            Token type = in.expectName();
            in.expectWord("THEN");
            whens.add(new SelectItem.When(type.text(), paths(), type.position()));
        }
        if (whens.isEmpty()) {
            throw in.unexpected(in.peek());
        }
        List<Expression.Path> otherwise = in.acceptWord("ELSE") ? paths() : List.of();
        in.expectWord("END");
        return new SelectItem.Typeof(relationship.text(), List.copyOf(whens), otherwise, position);
    }

    private List<Expression.Path> paths() {
        List<Expression.Path> paths = new ArrayList<>();
        do {
            paths.add(expressions.path());
        } while (in.acceptSymbol(","));
        return List.copyOf(paths);
    }
}
