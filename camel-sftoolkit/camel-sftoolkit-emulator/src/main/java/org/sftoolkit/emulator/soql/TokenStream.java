package org.sftoolkit.emulator.soql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sftoolkit.emulator.soql.Token.Kind;

/** A cursor over the tokens of one statement; used by one thread. */
final class TokenStream {
    /** Words that end a clause and hence name no field and no alias (SOQL and SOSL Reference: Alias Notation). */
    private static final Set<String> RESERVED = Set.of(
            "AND",
            "ASC",
            "DESC",
            "EXCLUDES",
            "FIRST",
            "FROM",
            "GROUP",
            "HAVING",
            "IN",
            "INCLUDES",
            "LAST",
            "LIKE",
            "LIMIT",
            "NOT",
            "NULL",
            "NULLS",
            "OR",
            "SELECT",
            "USING",
            "WHERE",
            "WITH");
    /** Words that may name a field but not an alias, because they start a clause in the position of an alias. */
    private static final Set<String> NO_ALIAS = Set.of("ORDER", "OFFSET", "FOR", "ALL", "UPDATE");

    private static final int MAX_DEPTH = 200;

    private final String statement;
    private final List<Token> tokens;
    private int index;
    private int depth;

    TokenStream(String statement) {
        this.statement = statement;
        this.tokens = Lexer.tokens(statement);
    }

    String statement() {
        return statement;
    }

    /** Counts a level of nesting, so that hostile parentheses meet an error and not the end of the stack. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new SoqlException(
                    "QUERY_TOO_COMPLICATED",
                    "Query is either selecting too many fields or the filter conditions are too complicated.");
        }
    }

    void leave() {
        depth--;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token peekSecond() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(index);
        if (token.kind() != Kind.END) {
            index++;
        }
        return token;
    }

    boolean acceptWord(String word) {
        if (peek().isWord(word)) {
            index++;
            return true;
        }
        return false;
    }

    boolean acceptSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            index++;
            return true;
        }
        return false;
    }

    void expectWord(String word) {
        if (!acceptWord(word)) {
            throw unexpected(peek());
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw unexpected(peek());
        }
    }

    /** A name that is not a reserved word. */
    Token expectName() {
        Token token = peek();
        if (token.kind() != Kind.NAME || isReserved(token)) {
            throw unexpected(token);
        }
        return next();
    }

    /** Whether the next token can only be an alias. */
    boolean atAlias() {
        Token token = peek();
        return token.kind() == Kind.NAME
                && !isReserved(token)
                && !NO_ALIAS.contains(token.text().toUpperCase(Locale.ROOT))
                && token.text().indexOf('.') < 0;
    }

    static boolean isReserved(Token token) {
        return RESERVED.contains(token.text().toUpperCase(Locale.ROOT));
    }

    SoqlException unexpected(Token token) {
        if (token.isSymbol(":")) {
            return SoqlException.malformedAt(statement, token.position(), "Bind variables only allowed in Apex code");
        }
        return SoqlException.malformedAt(statement, token.position(), "unexpected token: '" + token.shown() + "'");
    }
}
