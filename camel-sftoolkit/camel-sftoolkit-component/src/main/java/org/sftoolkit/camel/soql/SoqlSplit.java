package org.sftoolkit.camel.soql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Splits the values of an {@code IN} list over several statements if they are too long for one. Each row is in
 * exactly one result.
 *
 * <p>This requires one condition {@code field IN :name}, joined to all others by AND, and no clause that applies to
 * all rows together: no OR, NOT, ORDER BY, GROUP BY, LIMIT or OFFSET.
 */
public final class SoqlSplit {

    /** Salesforce takes 16,384 bytes of URI and headers; the rest is for host, token and other headers. */
    private static final int LONGEST = 7_500;
    /** A statement that is long by itself goes through the body of a composite request, which takes 100,000 characters. */
    private static final int LONGEST_IN_BODY = 90_000;
    /** Such a statement selects much of each row, and its page is read whole: few rows at a time. */
    private static final int VALUES_IN_BODY = 200;

    private static final Set<String> ABOUT_ALL_ROWS = Set.of("ORDER", "GROUP", "LIMIT", "OFFSET", "HAVING");
    private static final Set<String> AGGREGATES = Set.of("COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX");

    private final SoqlTemplate template;
    private final String name;

    private SoqlSplit(SoqlTemplate template, String name) {
        this.template = template;
        this.name = name;
    }

    /**
     * A statement whose list may be split.
     *
     * @param name of the bind after {@code IN}
     * @throws IllegalArgumentException with the reason, if the parts would not have the result of the whole
     */
    public static SoqlSplit of(SoqlTemplate template, String name) {
        List<Placeholder> binds = template.binds().stream()
                .filter(bind -> bind.name().equals(name))
                .toList();
        if (binds.size() != 1 || !isInList(template, binds.get(0))) {
            throw refused(name, "the query must have exactly one condition 'field IN :" + name + "'");
        }
        if (binds.get(0).token().depth() > 0 && inSubquery(template, binds.get(0))) {
            throw refused(name, "the list is in a subquery, so a row may match more than one part of it");
        }
        List<SoqlToken> tokens = template.tokens();
        if (!SoqlStatement.of(template.text()).counts() && tokens.stream().anyMatch(SoqlSplit::aggregates)) {
            throw refused(name, "an aggregate is computed over all rows, but each part has only some of them");
        }
        for (int i = 0; i < tokens.size(); i++) {
            SoqlToken token = tokens.get(i);
            if (token.isWord("OR")
                    || token.isWord("NOT")
                            && !(i + 1 < tokens.size() && tokens.get(i + 1).isWord("IN"))) {
                throw refused(name, "with " + token.text() + " a row may match more than one part of the list");
            }
            if (token.depth() == 0
                    && token.kind() == SoqlToken.Kind.WORD
                    && ABOUT_ALL_ROWS.contains(upper(token))
                    && !tokens.get(Math.max(0, i - 1)).isWord("FROM")) {
                throw refused(name, token.text() + " applies to all rows, but each part has only some of them");
            }
        }
        return new SoqlSplit(template, name);
    }

    private static boolean aggregates(SoqlToken token) {
        return token.depth() == 0 && token.kind() == SoqlToken.Kind.WORD && AGGREGATES.contains(upper(token));
    }

    private static String upper(SoqlToken token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    private static boolean isInList(SoqlTemplate template, Placeholder bind) {
        int at = template.tokens().indexOf(bind.token());
        if (at > 0 && template.tokens().get(at - 1).isSymbol('(')) {
            if (at + 1 >= template.tokens().size()
                    || !template.tokens().get(at + 1).isSymbol(')')) {
                return false; // values next to the name would be in every part
            }
            at--;
        }
        return at > 1
                && template.tokens().get(at - 1).isWord("IN")
                && !template.tokens().get(at - 2).isWord("NOT")
                && bind.place() != Placeholder.Place.PATTERN;
    }

    private static boolean inSubquery(SoqlTemplate template, Placeholder bind) {
        int selects = 0;
        int depth = bind.token().depth();
        for (SoqlToken token : template.tokens()) {
            if (token.start() >= bind.token().start()) {
                break;
            }
            selects += token.isWord("SELECT") && token.depth() > 0 && token.depth() <= depth ? 1 : 0;
            selects -= token.isSymbol(')') && token.depth() < depth && selects > 0 ? 1 : 0;
        }
        return selects > 0;
    }

    private static IllegalArgumentException refused(String name, String why) {
        return new IllegalArgumentException("splitIn=" + name + " is not possible: " + why);
    }

    /** The statements with all their values; empty if the list is empty. Each is built when it is needed. */
    public Iterator<String> statements(Parameters values) {
        List<Object> all = SoqlLiteral.elements(values.value(name));
        int fixed = UriLength.of(template.bind(with(values, List.of(""))));
        boolean inBody = fixed > LONGEST / 2;
        Iterator<List<Object>> parts = parts(
                all == null ? Collections.singletonList(values.value(name)) : all,
                (inBody ? LONGEST_IN_BODY : LONGEST) - fixed,
                inBody ? VALUES_IN_BODY : Integer.MAX_VALUE);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return parts.hasNext();
            }

            @Override
            public String next() {
                return template.bind(with(values, parts.next()));
            }
        };
    }

    private Parameters with(Parameters values, List<Object> part) {
        return wanted -> wanted.equals(name) ? new Parameters.Bound(part) : values.find(wanted);
    }

    private static Iterator<List<Object>> parts(List<Object> values, int room, int most) {
        var parts = new ArrayList<List<Object>>();
        var part = new ArrayList<Object>();
        int length = 0;
        for (Collection<Object> equal : groups(values)) {
            int more = UriLength.of(SoqlLiteral.joined(equal)) + 3;
            if (!part.isEmpty() && (length + more > room || part.size() + equal.size() > most)) {
                parts.add(new ArrayList<>(part));
                part.clear();
                length = 0;
            }
            part.addAll(equal);
            length += more;
        }
        if (!part.isEmpty()) {
            parts.add(new ArrayList<>(part));
        }
        return parts.iterator();
    }

    /**
     * The values without repetitions, those together that Salesforce may take for equal: text that differs in case, the short
     * and the long form of an Id. Apart, they would give a row twice.
     */
    private static Collection<Set<Object>> groups(List<Object> values) {
        Map<Object, Set<Object>> groups = new LinkedHashMap<>();
        for (Object value : values) {
            groups.computeIfAbsent(key(value), key -> new LinkedHashSet<>()).add(value);
        }
        return groups.values();
    }

    private static Object key(Object value) {
        String literal = SoqlLiteral.of(value);
        if (value instanceof Number) {
            return new java.math.BigDecimal(literal).stripTrailingZeros();
        }
        String text = literal.toLowerCase(Locale.ROOT);
        // 15 or 18 characters between the quotes
        return text.matches("'[0-9a-z]{15}([0-9a-z]{3})?'") ? text.substring(0, 16) : text;
    }

    /** How long text becomes in a URI. */
    static final class UriLength {

        private UriLength() {}

        /** Bytes of the text once it is percent-encoded; never less than they really are. */
        public static int of(CharSequence text) {
            int length = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean plain =
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
                length += plain ? 1 : c < 0x80 ? 3 : 9;
            }
            return length;
        }
    }
}
