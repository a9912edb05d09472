package org.sftoolkit.camel.soql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query built from its parts. Each part is checked: a condition contains no further clause, a field list does not
 * end the SELECT.
 *
 * @param sObject API name of the object
 * @param fields to select; never empty
 * @param where condition, or null; may hold binds
 * @param orderBy order, or null
 * @param limit most rows, or null
 */
public record SoqlSelect(
        String sObject,
        List<String> fields,
        @Nullable String where,
        @Nullable String orderBy,
        @Nullable Integer limit) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> CLAUSES =
            Set.of("FROM", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "UPDATE", "USING");

    /**
     * The statement, its binds still in it.
     *
     * @throws IllegalArgumentException naming the option that is not what it should be
     */
    public SoqlTemplate template() {
        if (!NAME.matcher(sObject).matches()) {
            throw new IllegalArgumentException(
                    "'" + sObject + "' is not the name of an object: use an API name such as Account");
        }
        if (limit != null && limit < 0) {
            throw new IllegalArgumentException("limit=" + limit + " is not allowed: use 0 or more");
        }
        var text = new StringBuilder("SELECT ").append(part("fields", String.join(",", fields)));
        text.append(" FROM ").append(sObject);
        if (where != null && !where.isBlank()) {
            text.append(" WHERE ").append(part("where", where));
        }
        if (orderBy != null && !orderBy.isBlank()) {
            text.append(" ORDER BY ").append(part("orderBy", orderBy));
        }
        if (limit != null) {
            text.append(" LIMIT ").append(limit);
        }
        return SoqlTemplate.soql(text.toString());
    }

    /** The part as it was given, provided that it stays within its clause. */
    static String part(String option, String text) {
        int open = 0;
        for (SoqlToken token : SoqlTokens.of(text)) {
            open += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
            if (open < 0) {
                throw new IllegalArgumentException(option + " closes a parenthesis that it did not open: " + text);
            }
            boolean clause = token.kind() == SoqlToken.Kind.WORD
                    && CLAUSES.contains(token.text().toUpperCase(java.util.Locale.ROOT));
            if (clause && token.depth() == 0) {
                throw new IllegalArgumentException(option + " contains another clause, " + token.text()
                        + ": use the option for it, or set the whole statement as soql: " + text);
            }
            if (token.kind() == SoqlToken.Kind.COMMENT) {
                throw new IllegalArgumentException(
                        option + " contains a comment, which SOQL does not support: " + text);
            }
        }
        if (open > 0) {
            throw new IllegalArgumentException(option + " does not close a parenthesis: " + text);
        }
        return text.strip();
    }
}
