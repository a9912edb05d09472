package org.sftoolkit.camel.soql;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement of a user's that is read by watermark: {@code :watermark} and {@code :until} are bound to the window, Id and the
 * watermark field are selected, and the rows come in their order. Immutable.
 */
public final class PolledStatement {

    private static final Instant FIRST = Instant.parse("1700-01-01T00:00:01Z");
    private static final Set<String> REFUSED = Set.of("GROUP", "HAVING", "LIMIT", "OFFSET", "FOR");

    private final SoqlTemplate template;
    private final String sObject;

    private PolledStatement(SoqlTemplate template, String sObject) {
        this.template = template;
        this.sObject = sObject;
    }

    /**
     * A statement that is run unchanged, each time from the start; it may contain {@code :watermark} and {@code
     * :until}.
     *
     * @throws IllegalArgumentException if it contains other binds
     */
    public static PolledStatement extract(String text) {
        SoqlTemplate template = SoqlTemplate.soql(text);
        requireKnown(template);
        return new PolledStatement(template, sObject(text, SoqlTokens.of(text)));
    }

    /**
     * @param text the statement
     * @param field its watermark
     * @throws IllegalArgumentException with the reason, if it cannot be read by watermark
     */
    public PolledStatement(String text, String field) {
        List<SoqlToken> tokens = SoqlTokens.of(text);
        sObject = sObject(text, tokens);
        int from = place(tokens, "FROM");
        for (SoqlToken token : tokens.subList(from + 2, tokens.size())) {
            if (token.depth() == 0 && REFUSED.contains(token.text().toUpperCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the query of a consumer cannot have " + token.text()
                        + ": rows are read in the order of " + field + " and Id, and maxMessagesPerPoll limits a poll");
            }
        }
        String selected = select(text, tokens, from, field);
        template = SoqlTemplate.soql(ordered(selected, field));
        requireKnown(template);
    }

    private static String sObject(String text, List<SoqlToken> tokens) {
        int from = place(tokens, "FROM");
        if (tokens.isEmpty() || !tokens.get(0).isWord("SELECT") || from < 0 || from + 1 >= tokens.size()) {
            throw new IllegalArgumentException("soql is not a statement of the form SELECT ... FROM: " + text);
        }
        return tokens.get(from + 1).text();
    }

    private static void requireKnown(SoqlTemplate template) {
        for (String name : template.names()) {
            if (!name.equals("watermark") && !name.equals("until")) {
                throw new IllegalArgumentException(":" + name
                        + " has no value: in the query of a consumer, only :watermark and :until get one; for other"
                        + " values use a property placeholder, as in {{" + name + "}}");
            }
        }
    }

    /** The object that is selected from. */
    public String sObject() {
        return sObject;
    }

    /**
     * The statement for a window. The watermark is bound a second early, so that {@code >} and {@code >=} give the same.
     *
     * @param lower begin of the window; null for no bound
     */
    public String bind(@Nullable Instant lower, Instant until) {
        Instant watermark = lower == null ? FIRST : lower.minusSeconds(1);
        return template.bind(name ->
                new Parameters.Bound(name.equals("until") ? until : name.equals("watermark") ? watermark : null));
    }

    private static String select(String text, List<SoqlToken> tokens, int from, String field) {
        var missing = new StringBuilder();
        for (String wanted : List.of("Id", field)) {
            boolean there =
                    tokens.subList(1, from).stream().anyMatch(token -> token.depth() == 0 && token.isWord(wanted));
            missing.append(there ? "" : wanted + ", ");
        }
        int end = tokens.get(0).end();
        return text.substring(0, end) + ' ' + missing + text.substring(end).stripLeading();
    }

    private static String ordered(String text, String field) {
        List<SoqlToken> tokens = SoqlTokens.of(text);
        int order = -1;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean clause = tokens.get(i).isWord("ORDER") && tokens.get(i + 1).isWord("BY");
            order = clause && tokens.get(i).depth() == 0 ? i : order;
        }
        if (order < 0) {
            return text.stripTrailing() + " ORDER BY " + field + ", Id";
        }
        List<SoqlOrderKey> keys = SoqlOrderKey.of(tokens.subList(order + 2, tokens.size()));
        boolean same = !keys.isEmpty()
                && keys.size() <= 2
                && keys.get(0).field().equalsIgnoreCase(field)
                && keys.get(keys.size() - 1).field().equalsIgnoreCase(keys.size() == 1 ? field : "Id")
                && keys.stream().noneMatch(SoqlOrderKey::descending);
        if (!same) {
            throw new IllegalArgumentException(
                    "the query of a consumer is read in the order of " + field + ", Id: remove its ORDER BY");
        }
        return text.substring(0, tokens.get(order).start()) + "ORDER BY " + field + ", Id";
    }

    private static int place(List<SoqlToken> tokens, String word) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).depth() == 0 && tokens.get(i).isWord(word)) {
                return i;
            }
        }
        return -1;
    }
}
