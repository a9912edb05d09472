package org.sftoolkit.camel.soql;

import java.util.ArrayList;
import java.util.List;
import org.sftoolkit.camel.soql.SoqlToken.Kind;

/** Splits SOQL or SOSL text into binds, literals, names and clauses; Salesforce checks the rest. */
final class SoqlTokens {

    private final String text;
    private final List<SoqlToken> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private SoqlTokens(String text) {
        this.text = text;
    }

    /**
     * The tokens of the text, white space left out.
     *
     * @throws IllegalArgumentException for a literal or bind that is not closed
     */
    static List<SoqlToken> of(String text) {
        return new SoqlTokens(text).cut();
    }

    private List<SoqlToken> cut() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'') {
                add(Kind.LITERAL, literalEnd());
            } else if (commentEnd() > at) {
                add(Kind.COMMENT, commentEnd());
            } else if (isNameStart(c)) {
                add(Kind.WORD, run(at));
            } else if (isDigit(c)) {
                add(Kind.NUMBER, numberEnd());
            } else if (c == ':' && isNameStart(charAt(at + 1))) {
                bind();
            } else {
                symbol(c);
            }
        }
        return List.copyOf(tokens);
    }

    private void add(Kind kind, int end) {
        tokens.add(new SoqlToken(kind, text.substring(at, end), at, end, depth));
        at = end;
    }

    private void symbol(char c) {
        depth -= c == ')' ? 1 : 0;
        add(Kind.SYMBOL, at + 1);
        depth += c == '(' ? 1 : 0;
    }

    private int literalEnd() {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '\'') {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("the text that begins at character " + (at + 1) + " is not closed: " + text);
    }

    /** End of the comment that begins here, else this very place. */
    private int commentEnd() {
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (text.startsWith("--", at) || text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        return at;
    }

    private int numberEnd() {
        int end = at;
        while (isNamePart(charAt(end))
                || charAt(end) == '.'
                || (charAt(end) == '-' || charAt(end) == '+' || charAt(end) == ':') && isDigit(charAt(end + 1))) {
            end++;
        }
        return end;
    }

    private void bind() {
        int end = run(at + 1);
        String name = text.substring(at + 1, end);
        int next = end;
        while (charAt(next) == ' ') {
            next++;
        }
        if (charAt(next) == '(' && name.equalsIgnoreCase("like")) {
            like(next + 1);
            return;
        }
        if (charAt(end) == '(') {
            throw new IllegalArgumentException(
                    ":" + name + "(..) is not a valid bind: use :name or :like(name), as in Name LIKE :like(name%)");
        }
        tokens.add(new SoqlToken(Kind.BIND, name, at, end, depth));
        at = end;
    }

    private void like(int from) {
        int close = text.indexOf(')', from);
        String pattern = close < 0 ? "" : text.substring(from, close).strip();
        if (!pattern.matches("%?[A-Za-z_][A-Za-z0-9_.]*%?")) {
            throw new IllegalArgumentException("the bind at character " + (at + 1)
                    + " is not valid: use :like(name), :like(name%) or :like(%name%)");
        }
        tokens.add(new SoqlToken(Kind.LIKE, pattern, at, close + 1, depth));
        at = close + 1;
    }

    /** End of the name that begins here; a dot belongs to it if a name follows. */
    private int run(int from) {
        int end = from;
        while (isNamePart(charAt(end)) || charAt(end) == '.' && isNameStart(charAt(end + 1))) {
            end++;
        }
        return end;
    }

    private char charAt(int place) {
        return place < text.length() ? text.charAt(place) : '\0';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
