package org.sftoolkit.camel.soql;

import java.util.Locale;

/**
 * Writes a value as a SOQL literal that cannot end early.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm">SOQL
 *      and SOSL Reference: Quoted String Escape Sequences</a>
 */
public final class SoqlLiteral {

    private SoqlLiteral() {}

    /** Text in single quotes, all that SOQL takes for an end or an escape escaped. */
    public static String text(String value) {
        var literal = new StringBuilder(value.length() + 8).append('\'');
        for (int i = 0; i < value.length(); i++) {
            append(literal, value.charAt(i));
        }
        return literal.append('\'').toString();
    }

    private static void append(StringBuilder literal, char c) {
        switch (c) {
            case '\'' -> literal.append("\\'");
            case '\\' -> literal.append("\\\\");
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            case '\t' -> literal.append("\\t");
            case '\b' -> literal.append("\\b");
            case '\f' -> literal.append("\\f");
            default -> {
                if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                    literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    literal.append(c);
                }
            }
        }
    }
}
