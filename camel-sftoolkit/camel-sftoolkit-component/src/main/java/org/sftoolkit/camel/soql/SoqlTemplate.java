package org.sftoolkit.camel.soql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.camel.soql.SoqlToken.Kind;

/**
 * SOQL or SOSL with places for values: {@code :name}, and {@code :like(name)}, {@code :like(name%)}, {@code :like(%name%)} for
 * patterns. Immutable.
 *
 * <p>A value only ever becomes one literal, or a list of literals in parentheses: whatever it holds, the statement keeps its
 * structure. Text in quotes, comments, and the colons of date literals and times are not binds. After {@code IN} a single
 * value becomes a list of one; {@code LAST_N_DAYS:days} binds a whole number.
 */
public final class SoqlTemplate {

    private final String text;
    private final List<SoqlToken> tokens;
    private final List<Placeholder> binds;

    private SoqlTemplate(String text, boolean sosl) {
        this.text = text;
        this.tokens = sosl ? SoslTokens.of(text) : SoqlTokens.of(text);
        this.binds = places(tokens);
    }

    /**
     * A query.
     *
     * @throws IllegalArgumentException if text or a bind is not closed
     */
    public static SoqlTemplate soql(String text) {
        return new SoqlTemplate(text, false);
    }

    /** A search; its braces may contain binds too. */
    public static SoqlTemplate sosl(String text) {
        return new SoqlTemplate(text, true);
    }

    /** The statement as it was given. */
    public String text() {
        return text;
    }

    /** Names of the binds, in their order. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        binds.forEach(bind -> names.add(bind.name()));
        return names;
    }

    List<SoqlToken> tokens() {
        return tokens;
    }

    List<Placeholder> binds() {
        return binds;
    }

    /**
     * The statement with values for all its binds.
     *
     * @throws IllegalArgumentException with the name of a bind that has no value or a value that is not allowed there
     */
    public String bind(Parameters values) {
        if (binds.isEmpty()) {
            return text;
        }
        var bound = new StringBuilder(text.length() + 64);
        int from = 0;
        for (Placeholder bind : binds) {
            bound.append(text, from, bind.token().start()).append(bind.render(values.value(bind.name())));
            from = bind.token().end();
        }
        return bound.append(text, from, text.length()).toString();
    }

    private static List<Placeholder> places(List<SoqlToken> tokens) {
        var binds = new ArrayList<Placeholder>();
        for (int i = 0; i < tokens.size(); i++) {
            SoqlToken token = tokens.get(i);
            if (token.isBind()) {
                String name = token.text().replace("%", "");
                binds.add(new Placeholder(name, place(tokens, i), token));
            }
        }
        return List.copyOf(binds);
    }

    private static Placeholder.Place place(List<SoqlToken> tokens, int i) {
        SoqlToken token = tokens.get(i);
        if (token.kind() == SoqlToken.Kind.LIKE) {
            return Placeholder.Place.PATTERN;
        }
        if (token.kind() == SoqlToken.Kind.TERM || token.kind() == SoqlToken.Kind.PHRASE) {
            return token.kind() == SoqlToken.Kind.TERM ? Placeholder.Place.TERM : Placeholder.Place.PHRASE;
        }
        SoqlToken before = i == 0 ? null : tokens.get(i - 1);
        if (before == null) {
            return Placeholder.Place.VALUE;
        }
        if (before.isWord("FIND")) {
            return Placeholder.Place.FIND;
        }
        if (isListWord(before)) {
            return Placeholder.Place.LIST;
        }
        if (isCountedDate(before) && before.end() == token.start()) {
            return Placeholder.Place.COUNT;
        }
        return opensList(tokens, i) ? Placeholder.Place.ELEMENT : Placeholder.Place.VALUE;
    }

    private static boolean isListWord(SoqlToken token) {
        return token.isWord("IN") || token.isWord("INCLUDES") || token.isWord("EXCLUDES");
    }

    // LAST_N_DAYS, NEXT_N_FISCAL_QUARTERS, N_WEEKS_AGO
    private static boolean isCountedDate(SoqlToken token) {
        return token.kind() == SoqlToken.Kind.WORD && token.text().matches("(?i)(LAST|NEXT)_N_\\w+|N_\\w+_AGO");
    }

    /** Whether the innermost parenthesis around the token is that of a list, and not that of a subquery. */
    private static boolean opensList(List<SoqlToken> tokens, int i) {
        int depth = tokens.get(i).depth();
        for (int open = i - 1; open > 0; open--) {
            SoqlToken token = tokens.get(open);
            if (token.depth() < depth) {
                return token.isSymbol('(')
                        && isListWord(tokens.get(open - 1))
                        && !tokens.get(open + 1).isWord("SELECT");
            }
        }
        return false;
    }

    /** The tokens of SOSL: those of SOQL but for the search terms in braces, of which only the binds count. */
    private static final class SoslTokens {

        private static final Pattern BIND = Pattern.compile(":([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)");

        private SoslTokens() {}

        /** The tokens in their order; the whole statement if it has no braces. */
        static List<SoqlToken> of(String text) {
            int open = text.indexOf('{');
            int close = open < 0 ? -1 : close(text, open);
            // braces inside of a literal after FIND belong to the literal
            if (open < 0 || text.lastIndexOf('\'', open) >= 0) {
                return SoqlTokens.of(text);
            }
            if (close < 0) {
                throw new IllegalArgumentException("the search term is not closed by }: " + text);
            }
            var tokens = new ArrayList<>(SoqlTokens.of(text.substring(0, open)));
            terms(text, open, close, tokens);
            for (SoqlToken token : SoqlTokens.of(text.substring(close + 1))) {
                tokens.add(new SoqlToken(
                        token.kind(), token.text(), token.start() + close + 1, token.end() + close + 1, token.depth()));
            }
            return List.copyOf(tokens);
        }

        private static int close(String text, int open) {
            for (int i = open + 1; i < text.length(); i++) {
                if (text.charAt(i) == '\\') {
                    i++;
                } else if (text.charAt(i) == '}') {
                    return i;
                }
            }
            return -1;
        }

        private static void terms(String text, int open, int close, List<SoqlToken> tokens) {
            boolean quoted = false;
            for (int i = open + 1; i < close; i++) {
                char c = text.charAt(i);
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (c == ':') {
                    Matcher bind = BIND.matcher(text).region(i, close);
                    if (bind.lookingAt()) {
                        tokens.add(new SoqlToken(quoted ? Kind.PHRASE : Kind.TERM, bind.group(1), i, bind.end(), 0));
                        i = bind.end() - 1;
                    }
                }
            }
        }
    }
}
