package org.sftoolkit.camel.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sftoolkit.camel.soql.SoqlToken.Kind;

/** The tokens of SOSL: those of SOQL but for the search terms in braces, of which only the binds count. */
final class SoslTokens {

    private static final Pattern BIND = Pattern.compile(":([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)");

    private SoslTokens() {}

    /** The tokens in their order; the whole statement where it has no braces. */
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
