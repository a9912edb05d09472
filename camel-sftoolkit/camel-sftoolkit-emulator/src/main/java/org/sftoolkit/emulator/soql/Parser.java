package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.sftoolkit.emulator.soql.Query.OrderKey;
import org.sftoolkit.emulator.soql.Token.Kind;

/**
 * Recursive descent over the clauses of SELECT, in the order that the grammar fixes (SOQL and SOSL Reference: SOQL SELECT
 * Syntax). Checks the grammar only; names and types are the planner's.
 */
final class Parser {
    private final TokenStream in;
    private final ExpressionParser expressions;

    private Parser(TokenStream in) {
        this.in = in;
        this.expressions = new ExpressionParser(in);
    }

    /**
     * Parses a whole statement.
     *
     * @throws SoqlException with {@code MALFORMED_QUERY} if it is invalid
     */
    static Query parse(String statement) {
        TokenStream in = new TokenStream(statement);
        Query query = new Parser(in).select();
        if (in.peek().kind() != Kind.END) {
            throw in.unexpected(in.peek());
        }
        return query;
    }

    /**
     * One object of a search with what may follow it: {@code Account(Id, Name WHERE ... ORDER BY ... LIMIT ...)} (SOQL and
     * SOSL Reference: RETURNING).
     */
    static Query returned(TokenStream in) {
        Token object = in.expectName();
        List<SelectItem> items =
                List.of(new SelectItem.Value(new Expression.Path(List.of("Id"), object.position()), Optional.empty()));
        Parser parser = new Parser(in);
        Optional<Condition> where = Optional.empty();
        List<OrderKey> orderBy = List.of();
        OptionalLong limit = OptionalLong.empty();
        OptionalLong offset = OptionalLong.empty();
        if (in.acceptSymbol("(")) {
            items = new SelectListParser(in, Parser::nested).items();
            where = in.acceptWord("WHERE") ? Optional.of(parser.condition()) : Optional.empty();
            if (in.peek().isWord("USING")) {
                throw SoqlException.unsupported("USING ListView");
            }
            orderBy = parser.orderBy();
            limit = parser.number("LIMIT");
            offset = parser.number("OFFSET");
            in.expectSymbol(")");
        }
        Query.Source from = new Query.Source(object.text(), Optional.empty(), object.position());
        return new Query(
                items,
                from,
                List.of(),
                Optional.empty(),
                where,
                List.of(),
                Optional.empty(),
                orderBy,
                limit,
                offset,
                List.of());
    }

    private static Query nested(TokenStream in) {
        in.enter();
        Query query = new Parser(in).select();
        in.leave();
        return query;
    }

    private Query select() {
        in.expectWord("SELECT");
        List<SelectItem> items = new SelectListParser(in, Parser::nested).items();
        in.expectWord("FROM");
        Query.Source from = source();
        List<Query.PathAlias> aliases = pathAliases();
        Optional<String> scope = scope();
        Optional<Condition> where = in.acceptWord("WHERE") ? Optional.of(condition()) : Optional.empty();
        List<String> modifiers = new ArrayList<>();
        with(modifiers);
        List<Expression> groupBy = groupBy();
        Optional<Condition> having =
                !groupBy.isEmpty() && in.acceptWord("HAVING") ? Optional.of(condition()) : Optional.empty();
        List<OrderKey> orderBy = orderBy();
        OptionalLong limit = number("LIMIT");
        OptionalLong offset = number("OFFSET");
        trailing(modifiers);
        return new Query(
                items, from, aliases, scope, where, groupBy, having, orderBy, limit, offset, List.copyOf(modifiers));
    }

    private Condition condition() {
        return new ConditionParser(in, Parser::nested).condition();
    }

    private Query.Source source() {
        Token object = in.peek();
        if (object.kind() != Kind.NAME) {
            throw in.unexpected(object);
        }
        in.next();
        in.acceptWord("AS");
        return new Query.Source(object.text(), Optional.ofNullable(expressions.aliasOrNull()), object.position());
    }

    private List<Query.PathAlias> pathAliases() {
        List<Query.PathAlias> aliases = new ArrayList<>();
        while (in.acceptSymbol(",")) {
            Expression.Path path = expressions.path();
            in.acceptWord("AS");
            aliases.add(new Query.PathAlias(path, in.expectName().text()));
        }
        return List.copyOf(aliases);
    }

    private Optional<String> scope() {
        if (!in.acceptWord("USING")) {
            return Optional.empty();
        }
        in.expectWord("SCOPE");
        return Optional.of(in.expectName().text());
    }

    private void with(List<String> modifiers) {
        if (!in.acceptWord("WITH")) {
            return;
        }
        Token word = in.next();
        switch (word.text().toUpperCase(Locale.ROOT)) {
            case "SECURITY_ENFORCED", "USER_MODE", "SYSTEM_MODE" ->
                modifiers.add("WITH " + word.text().toUpperCase(Locale.ROOT));
            case "DATA" -> throw SoqlException.unsupported("WITH DATA CATEGORY");
            default -> throw in.unexpected(word);
        }
    }

    private List<Expression> groupBy() {
        if (!in.acceptWord("GROUP")) {
            return List.of();
        }
        in.expectWord("BY");
        List<Expression> keys = new ArrayList<>();
        do {
            keys.add(expressions.expression());
        } while (in.acceptSymbol(","));
        return List.copyOf(keys);
    }

    private List<OrderKey> orderBy() {
        if (!in.acceptWord("ORDER")) {
            return List.of();
        }
        in.expectWord("BY");
        List<OrderKey> keys = new ArrayList<>();
        do {
            Expression expression = expressions.expression();
            boolean descending = in.acceptWord("DESC");
            if (!descending) {
                in.acceptWord("ASC");
            }
            keys.add(new OrderKey(expression, descending, nullsFirst()));
        } while (in.acceptSymbol(","));
        return List.copyOf(keys);
    }

    private boolean nullsFirst() {
        if (!in.acceptWord("NULLS") || in.acceptWord("FIRST")) {
            return true;
        }
        in.expectWord("LAST");
        return false;
    }

    private OptionalLong number(String clause) {
        if (!in.acceptWord(clause)) {
            return OptionalLong.empty();
        }
        Token number = in.peek();
        if (number.kind() != Kind.NUMBER || !number.text().matches("\\d{1,18}")) {
            throw in.unexpected(number);
        }
        return OptionalLong.of(Long.parseLong(in.next().text()));
    }

    private void trailing(List<String> modifiers) {
        while (in.acceptWord("FOR")) {
            Token word = in.next();
            switch (word.text().toUpperCase(Locale.ROOT)) {
                // A lock would end with the call, so that UPDATE has no effect either.
                case "VIEW", "REFERENCE", "UPDATE" ->
                    modifiers.add("FOR " + word.text().toUpperCase(Locale.ROOT));
                default -> throw in.unexpected(word);
            }
        }
        if (in.peek().isWord("UPDATE")) {
            throw SoqlException.unsupported("UPDATE TRACKING and UPDATE VIEWSTAT");
        }
        if (in.peek().isWord("ALL") && in.peekSecond().isWord("ROWS")) {
            throw SoqlException.malformedAt(
                    in.statement(), in.peek().position(), "ALL ROWS is not allowed outside of Apex code");
        }
    }
}
