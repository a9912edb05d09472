package org.sftoolkit.emulator.soql;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A LIKE pattern: {@code %} any number of characters, {@code _} exactly one, case ignored. Immutable. Matched by hand, as
 * a regular expression of many wildcards takes time without bound.
 */
final class LikePattern implements Predicate<String> {
    private static final int MANY = -1;
    private static final int ONE = -2;

    private final int[] tokens;

    /** @param like the unescaped literal, in which a backslash still stands before a literal wildcard or backslash */
    LikePattern(String like) {
        int[] read = new int[like.length()];
        int size = 0;
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            read[size++] = switch (c) {
                case '%' -> MANY;
                case '_' -> ONE;
                case '\\' -> folded(like.charAt(++i));
                default -> folded(c);
            };
        }
        this.tokens = Arrays.copyOf(read, size);
    }

    @Override
    public boolean test(String text) {
        int token = 0;
        int at = 0;
        int lastMany = -1;
        int retryFrom = 0;
        while (at < text.length()) {
            if (token < tokens.length && tokens[token] == MANY) {
                lastMany = token++;
                retryFrom = at;
            } else if (token < tokens.length && (tokens[token] == ONE || tokens[token] == folded(text.charAt(at)))) {
                token++;
                at++;
            } else if (lastMany >= 0) {
                // The last % takes one character more; what an earlier % takes need never change.
                token = lastMany + 1;
                at = ++retryFrom;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == MANY) {
            token++;
        }
        return token == tokens.length;
    }

    private static char folded(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
