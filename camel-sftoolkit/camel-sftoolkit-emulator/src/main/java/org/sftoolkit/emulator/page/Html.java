package org.sftoolkit.emulator.page;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of a page. Immutable. Text becomes part of a page by {@link #of} alone, which escapes it; so no record, statement or
 * header can bring markup of its own.
 */
final class Html {

    static final Html NONE = new Html("");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * A template with its values.
     *
     * @param template markup of this program, with {@code {}} for each value, which stands between tags or in a quoted attribute
     * @param values pieces of pages, lists of them, or anything else, whose text is escaped; null is nothing
     */
    static Html of(String template, Object... values) {
        StringBuilder markup = new StringBuilder(template.length() + 32 * values.length);
        int from = 0;
        for (Object value : values) {
            int hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException("more values than places in: " + template);
            }
            markup.append(template, from, hole);
            append(markup, value);
            from = hole + 2;
        }
        if (template.indexOf("{}", from) >= 0) {
            throw new IllegalArgumentException("fewer values than places in: " + template);
        }
        return new Html(markup.append(template, from, template.length()).toString());
    }

    /** Several pieces, one after another. */
    static Html all(Collection<Html> pieces) {
        return new Html(pieces.stream().map(piece -> piece.markup).collect(Collectors.joining("\n")));
    }

    static Html all(Html... pieces) {
        return all(Arrays.asList(pieces));
    }

    static Html all(Stream<Html> pieces) {
        return all(pieces.toList());
    }

    /** The piece, if so. */
    static Html when(boolean so, String template, Object... values) {
        return so ? of(template, values) : NONE;
    }

    private static void append(StringBuilder markup, Object value) {
        if (value instanceof Html html) {
            markup.append(html.markup);
        } else if (value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(Html.class::isInstance)) {
            list.forEach(piece -> append(markup, piece));
        } else if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
            escape(markup, value.toString());
        }
    }

    private static void escape(StringBuilder markup, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                case '\'' -> markup.append("&#39;");
                // control characters have no place in HTML
                default -> markup.append(c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7F ? '\uFFFD' : c);
            }
        }
    }

    /** The markup. */
    @Override
    public String toString() {
        return markup;
    }
}
