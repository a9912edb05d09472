package org.sftoolkit.camel.soql;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.model.WireValue;

/**
 * A place in a statement for a value.
 *
 * @param name of the value
 * @param place where it stands
 * @param token that it replaces
 */
record Placeholder(String name, Place place, SoqlToken token) {

    /** Kind of value that a place allows. */
    enum Place {
        /** One value; a collection in parentheses. */
        VALUE,
        /** After {@code IN}, {@code INCLUDES} or {@code EXCLUDES}: values in parentheses, one value too. */
        LIST,
        /** Between the parentheses of such a list: values without parentheses. */
        ELEMENT,
        /** After a date literal such as {@code LAST_N_DAYS}: a whole number. */
        COUNT,
        /** {@code :like(name)}: a pattern. */
        PATTERN,
        /** A search term in braces. */
        TERM,
        /** A search term in braces and double quotes. */
        PHRASE,
        /** After {@code FIND}: a search term that needs braces. */
        FIND
    }

    /**
     * The text to insert for this value.
     *
     * @throws IllegalArgumentException with the name of the bind, for a value that is not allowed there
     */
    String render(@Nullable Object value) {
        try {
            return switch (place) {
                case VALUE -> many(value) ? '(' + SoqlLiteral.joined(elements(value)) + ')' : SoqlLiteral.of(value);
                case LIST -> '(' + SoqlLiteral.joined(elements(value)) + ')';
                case ELEMENT -> SoqlLiteral.joined(elements(value));
                case COUNT -> ":" + count(value);
                case PATTERN -> pattern(value);
                case TERM -> SoslTerm.of(one(value));
                case PHRASE -> SoslTerm.escaped(one(value));
                case FIND -> '{' + SoslTerm.of(one(value)) + '}';
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(":" + name + ": " + e.getMessage(), e);
        }
    }

    private static boolean many(@Nullable Object value) {
        return SoqlLiteral.elements(value) != null;
    }

    private static List<Object> elements(@Nullable Object value) {
        List<Object> elements = SoqlLiteral.elements(value);
        if (elements == null) {
            return java.util.Collections.singletonList(value);
        }
        if (elements.isEmpty()) {
            throw new IllegalArgumentException(
                    "the list is empty, and SOQL has no empty list: check for values before the query, or set splitIn"
                            + " to this name, which then returns no rows without a call");
        }
        return elements;
    }

    private static String one(@Nullable Object value) {
        if (value == null || many(value)) {
            throw new IllegalArgumentException(
                    "a single text is needed here, not " + (value == null ? "null" : "a list"));
        }
        Object plain = WireValue.compared(value);
        if (plain == null) {
            throw new IllegalArgumentException("a single text is needed here, not null");
        }
        return WireValue.text(plain instanceof String text ? text : WireText.of(plain));
    }

    private static long count(@Nullable Object value) {
        try {
            return Long.parseLong(one(value).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a whole number is needed here, not '" + value + "'", e);
        }
    }

    private String pattern(@Nullable Object value) {
        return SoqlLiteral.like(
                one(value), token.text().startsWith("%"), token.text().endsWith("%"));
    }

    /**
     * Writes text as a SOSL search term in which nothing is an operator or a wildcard.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_sosl_find.htm">SOQL
     *      and SOSL Reference: FIND {SearchQuery}</a>
     */
    private static final class SoslTerm {

        private static final String RESERVED = "?&|!{}[]()^~*:\\\"'+-";
        private static final Pattern OPERATOR = Pattern.compile("\\b(?:AND|OR|NOT)\\b", Pattern.CASE_INSENSITIVE);

        private SoslTerm() {}

        /** The term as written between braces; a phrase in quotes if one of its words is an operator. */
        static String of(String value) {
            String term = escaped(value);
            return OPERATOR.matcher(value).find() ? '"' + term + '"' : term;
        }

        /** All reserved characters escaped; line breaks and other control characters, which no index holds, become blanks. */
        static String escaped(String value) {
            var term = new StringBuilder(value.length() + 8);
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (RESERVED.indexOf(c) >= 0) {
                    term.append('\\');
                }
                term.append(Character.isISOControl(c) ? ' ' : c);
            }
            return term.toString();
        }
    }
}
