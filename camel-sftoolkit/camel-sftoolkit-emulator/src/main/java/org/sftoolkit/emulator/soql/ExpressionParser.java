package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.emulator.soql.Token.Kind;

/** Reads field paths and function calls. */
final class ExpressionParser {
    private final TokenStream in;

    ExpressionParser(TokenStream in) {
        this.in = in;
    }

    Expression expression() {
        return in.peekSecond().isSymbol("(") ? call() : path();
    }

    Expression.Path path() {
        Token token = in.expectName();
        return new Expression.Path(List.of(token.text().split("\\.")), token.position());
    }

    private Expression.Call call() {
        Token function = in.expectName();
        in.expectSymbol("(");
        in.enter();
        List<Expression> arguments = new ArrayList<>();
        if (!in.peek().isSymbol(")")) {
            do {
                arguments.add(argument());
            } while (in.acceptSymbol(","));
        }
        in.leave();
        in.expectSymbol(")");
        return new Expression.Call(function.text(), List.copyOf(arguments), function.position());
    }

    private Expression argument() {
        Token token = in.peek();
        return switch (token.kind()) {
            case NAME -> expression();
            case STRING, NUMBER -> new Expression.Constant(new LiteralParser(in).value(false), token.position());
            default -> throw in.unexpected(token);
        };
    }

    /** The alias that may follow a selected expression or an object, null without one. */
    String aliasOrNull() {
        return in.atAlias() && in.peek().kind() == Kind.NAME ? in.next().text() : null;
    }
}
