package org.sftoolkit.emulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.emulator.soql.Token.Kind;

/**
 * Cuts a SOQL statement into tokens. Stateless between statements. SOQL has no comments, so {@code --} and {@code /*}
 * are errors (SOQL and SOSL Reference: SOQL SELECT Syntax).
 */
final class Lexer {
    static final int MAX_STATEMENT = 100_000;
    static final int MAX_STRING = 4_000;

    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,3})?(?:Z|z|[+-]\\d{2}:?\\d{2})");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,3})?Z");
    /** No exponent: neither the reference nor the public grammar knows one. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)");

    private static final Pattern SYMBOL = Pattern.compile("<=|>=|!=|<>|[=<>(),:]");

    private final String statement;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String statement) {
        this.statement = statement;
    }

    /** All tokens of the statement, ending with {@link Kind#END}. */
    static List<Token> tokens(String statement) {
        if (statement.length() > MAX_STATEMENT) {
            throw SoqlException.malformed("SOQL statements can not be longer than " + MAX_STATEMENT + " characters");
        }
        return new Lexer(statement).run();
    }

    private List<Token> run() {
        while (true) {
            while (at < statement.length() && isBlank(statement.charAt(at))) {
                at++;
            }
            if (at == statement.length()) {
                tokens.add(new Token(Kind.END, "", at));
                return List.copyOf(tokens);
            }
            next();
        }
    }

    // Only the white space of ASCII separates tokens: a no-break space pasted from a web page is an error there too.
    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private void next() {
        if (statement.charAt(at) == '\'') {
            string();
            return;
        }
        boolean found = name()
                || take(DATE_TIME, Kind.DATE_TIME)
                || take(DATE, Kind.DATE)
                || take(TIME, Kind.TIME)
                || take(NUMBER, Kind.NUMBER)
                || take(SYMBOL, Kind.SYMBOL);
        if (!found) {
            throw SoqlException.malformedIn(
                    at, "line " + place(at) + " no viable alternative at character '" + statement.charAt(at) + "'");
        }
    }

    /** Words joined by dots. Read by hand, as a regular expression recurses once for each of the words. */
    private boolean name() {
        int end = word(at);
        if (end == at) {
            return false;
        }
        while (end < statement.length() && statement.charAt(end) == '.' && word(end + 1) > end + 1) {
            end = word(end + 1);
        }
        tokens.add(new Token(Kind.NAME, statement.substring(at, end), at));
        at = end;
        return true;
    }

    /** The end of the word that begins there, or the same position without a word. */
    private int word(int start) {
        int end = start;
        while (end < statement.length() && isWordPart(statement.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private static boolean isWordPart(char c, boolean first) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || !first && c >= '0' && c <= '9';
    }

    private boolean take(Pattern pattern, Kind kind) {
        Matcher matcher = pattern.matcher(statement).region(at, statement.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new Token(kind, matcher.group(), at));
        at = matcher.end();
        refuseGluedWord(kind);
        return true;
    }

    /** {@code 2026-01-31T10} or {@code 12abc} is one broken literal, not a literal and a word. */
    private void refuseGluedWord(Kind kind) {
        boolean literal = kind != Kind.SYMBOL;
        if (literal && at < statement.length()) {
            char c = statement.charAt(at);
            if (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '.') {
                throw SoqlException.malformedAt(statement, at, "unexpected token: '" + c + "'");
            }
        }
    }

    private void string() {
        int start = at;
        int end = start + 1;
        while (end < statement.length() && statement.charAt(end) != '\'') {
            char c = statement.charAt(end);
            if (c == '\n' || c == '\r') {
                throw SoqlException.malformedIn(at, "line breaks not allowed in string literals");
            }
            end += c == '\\' ? 2 : 1;
        }
        if (end >= statement.length()) {
            throw SoqlException.malformedIn(
                    statement.length(),
                    "line " + place(statement.length()) + " mismatched character '<EOF>' expecting '''");
        }
        tokens.add(new Token(Kind.STRING, statement.substring(start + 1, end), start));
        at = end + 1;
    }

    private String place(int position) {
        int lineStart = statement.lastIndexOf('\n', position - 1) + 1;
        long row = 1
                + statement
                        .substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return row + ":" + (position - lineStart);
    }
}
