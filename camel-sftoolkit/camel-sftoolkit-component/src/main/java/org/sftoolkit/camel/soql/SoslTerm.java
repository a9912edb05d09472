package org.sftoolkit.camel.soql;

import java.util.regex.Pattern;

/**
 * Writes text as a SOSL search term in which nothing is an operator or a wildcard.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_sosl_find.htm">SOQL
 *      and SOSL Reference: FIND {SearchQuery}</a>
 */
final class SoslTerm {

    private static final String RESERVED = "?&|!{}[]()^~*:\\\"'+-";
    private static final Pattern OPERATOR = Pattern.compile("\\b(?:AND|OR|NOT)\\b", Pattern.CASE_INSENSITIVE);

    private SoslTerm() {}

    /** The term as it stands between braces; a phrase in quotes where a word of it would be an operator. */
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
