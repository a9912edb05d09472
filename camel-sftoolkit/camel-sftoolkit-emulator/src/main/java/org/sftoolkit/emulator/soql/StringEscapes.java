package org.sftoolkit.emulator.soql;

/**
 * The escapes of string literals (SOQL and SOSL Reference: Quoted String Escape Sequences). A backslash before anything
 * that is not listed there is an error.
 */
final class StringEscapes {
    private StringEscapes() {}

    /**
     * The characters that a literal stands for.
     *
     * @param raw the text between the quotes
     * @param like whether the literal is a LIKE pattern: only there may the wildcards be escaped, and those two escapes
     *     stay in the result for {@link LikePattern} to read, a backslash being doubled
     */
    static String unescape(String raw, boolean like) {
        if (raw.indexOf('\\') < 0) {
            return checkedLength(raw);
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(++i);
            switch (escape) {
                case 'n', 'N' -> text.append('\n');
                case 'r', 'R' -> text.append('\r');
                case 't', 'T' -> text.append('\t');
                case 'b', 'B' -> text.append('\u0007');
                case 'f', 'F' -> text.append('\f');
                case '"', '\'' -> text.append(escape);
                case '\\' -> text.append(like ? "\\\\" : "\\");
                case 'u', 'U' -> {
                    text.append(unicode(raw, i + 1));
                    i += 4;
                }
                case '_', '%' -> {
                    if (!like) {
                        throw illegal(raw, escape);
                    }
                    text.append('\\').append(escape);
                }
                default -> throw illegal(raw, escape);
            }
        }
        return checkedLength(text.toString());
    }

    private static char unicode(String raw, int from) {
        String hex = raw.substring(Math.min(from, raw.length()), Math.min(from + 4, raw.length()));
        if (!hex.matches("[0-9A-Fa-f]{4}")) {
            throw illegal(raw, 'u');
        }
        return (char) Integer.parseInt(hex, 16);
    }

    private static SoqlException illegal(String raw, char escape) {
        return SoqlException.malformed("Invalid string literal '" + raw + "'. Illegal character sequence '\\" + escape
                + "' in string literal.");
    }

    // The text of this refusal is not documented; the limit is (SOQL and SOSL Limits for Search Queries).
    private static String checkedLength(String text) {
        if (text.length() > Lexer.MAX_STRING) {
            throw SoqlException.malformed("String literals in a WHERE clause can not be longer than " + Lexer.MAX_STRING
                    + " characters: found " + text.length());
        }
        return text;
    }
}
