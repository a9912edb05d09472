package org.sftoolkit.camel.soql;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sftoolkit.camel.model.FieldNames;

/** An analysed statement with all its values: enough to count rows and to continue after a row. Immutable. */
public final class SoqlStatement {

    private static final Set<String> AFTER_WHERE =
            Set.of("WITH", "GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "UPDATE", "ALL");
    private static final Set<String> AFTER_ORDER = Set.of("LIMIT", "OFFSET", "FOR", "UPDATE", "ALL");
    private static final Set<String> NEVER_NULL = Set.of("systemmodstamp", "createddate", "lastmodifieddate");

    private final String text;
    private final List<SoqlToken> tokens;

    private SoqlStatement(String text) {
        this.text = text;
        this.tokens = SoqlTokens.of(text);
    }

    /** A statement, its values bound. */
    public static SoqlStatement of(String text) {
        return new SoqlStatement(text);
    }

    /** Whether it is a {@code SELECT COUNT() FROM}, whose answer is a number and no rows. */
    public boolean counts() {
        return tokens.size() > 4
                && tokens.get(0).isWord("SELECT")
                && tokens.get(1).isWord("COUNT")
                && tokens.get(2).isSymbol('(')
                && tokens.get(3).isSymbol(')')
                && tokens.get(4).isWord("FROM");
    }

    /**
     * The fields that it selects, in their order: names, and paths such as {@code Owner.Name}. Empty if it selects anything
     * else (functions, aliases, children), for the rows say then what their columns are called.
     */
    public List<String> columns() {
        var columns = new ArrayList<String>();
        for (int i = 1; i + 1 < tokens.size(); i += 2) {
            SoqlToken end = tokens.get(i + 1);
            if (tokens.get(i).kind() != SoqlToken.Kind.WORD || !end.isSymbol(',') && !end.isWord("FROM")) {
                return List.of();
            }
            columns.add(tokens.get(i).text());
            if (end.isWord("FROM")) {
                return columns;
            }
        }
        return List.of();
    }

    /**
     * The same query for the rows after this one. Possible where it is ordered by Id, or by a date, time or whole
     * number and then by Id, and the row has these fields; else empty.
     *
     * @param row the last row that was read
     * @param given rows that were read; a LIMIT is lowered by them
     */
    public Optional<String> after(Map<String, ?> row, long given) {
        int order = clause(Set.of("ORDER"), 0);
        if (order < 0 || clause(Set.of("GROUP"), 0) >= 0) {
            return Optional.empty();
        }
        int orderEnd = end(clause(AFTER_ORDER, order));
        List<SoqlOrderKey> keys = SoqlOrderKey.of(tokens.subList(order + 2, orderEnd));
        return condition(keys, row).map(condition -> rest(order, orderEnd, condition, given));
    }

    private static Optional<String> condition(List<SoqlOrderKey> keys, Map<String, ?> row) {
        boolean endsWithId = !keys.isEmpty()
                && keys.size() <= 2
                && keys.get(keys.size() - 1).field().equalsIgnoreCase("Id");
        if (!endsWithId || !(FieldNames.value(row, "Id") instanceof String id)) {
            return Optional.empty();
        }
        String afterId = "Id" + keys.get(keys.size() - 1).operator() + SoqlLiteral.text(id);
        if (keys.size() == 1) {
            return Optional.of(afterId);
        }
        SoqlOrderKey key = keys.get(0);
        Object value = FieldNames.value(row, key.field());
        boolean exact = value instanceof OffsetDateTime
                || value instanceof LocalDate
                || value instanceof Integer
                || value instanceof Long;
        if (!exact || !nullsAreBehind(key)) {
            return Optional.empty();
        }
        String literal = SoqlLiteral.of(value);
        return Optional.of("(" + key.field() + key.operator() + literal + " OR (" + key.field() + " = " + literal
                + " AND " + afterId + "))");
    }

    /** Whether rows without a value came before those with one; a comparison would leave out those that come later. */
    private static boolean nullsAreBehind(SoqlOrderKey key) {
        return NEVER_NULL.contains(key.field().toLowerCase(Locale.ROOT))
                || key.nulls() == SoqlOrderKey.Nulls.FIRST
                || key.nulls() == SoqlOrderKey.Nulls.DEFAULT && !key.descending();
    }

    private String rest(int order, int orderEnd, String condition, long given) {
        int where = clause(Set.of("WHERE"), 0);
        var rest = new StringBuilder(text.length() + condition.length() + 16);
        if (where < 0) {
            int at = start(clause(AFTER_WHERE, 0));
            rest.append(text, 0, at).append("WHERE ").append(condition).append(' ');
            rest.append(text, at, start(orderEnd));
        } else {
            int at = start(clause(AFTER_WHERE, where));
            rest.append(text, 0, tokens.get(where).end()).append(" (");
            rest.append(text.substring(tokens.get(where).end(), at).strip());
            rest.append(") AND ").append(condition).append(' ').append(text, at, start(orderEnd));
        }
        int limit = clause(Set.of("LIMIT"), order);
        if (limit >= 0) {
            long left = Long.parseLong(tokens.get(limit + 1).text()) - given;
            rest.append(" LIMIT ").append(Math.max(0, left));
        }
        int view = clause(Set.of("FOR", "UPDATE", "ALL"), order);
        return (view < 0 ? rest : rest.append(' ').append(text, start(view), text.length())).toString();
    }

    /** Position of the first of these words that begins a clause of the outermost query, or -1. */
    private int clause(Set<String> words, int from) {
        for (int i = from; i < tokens.size(); i++) {
            SoqlToken token = tokens.get(i);
            if (token.depth() == 0
                    && token.kind() == SoqlToken.Kind.WORD
                    && words.contains(token.text().toUpperCase(Locale.ROOT))
                    && !isObject(i)) {
                return i;
            }
        }
        return -1;
    }

    // Order and Group are names of objects too
    private boolean isObject(int place) {
        SoqlToken token = tokens.get(place);
        return (token.isWord("ORDER") || token.isWord("GROUP"))
                && !(place + 1 < tokens.size() && tokens.get(place + 1).isWord("BY"));
    }

    private int end(int place) {
        return place < 0 ? tokens.size() : place;
    }

    private int start(int place) {
        return place < 0 || place >= tokens.size()
                ? text.length()
                : tokens.get(place).start();
    }
}
