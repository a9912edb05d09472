package org.sftoolkit.camel.body;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.InvalidBodyException;
import org.sftoolkit.camel.model.FieldNames;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.model.WireValue;

/**
 * Rows as lines of CSV: quoted as RFC 4180 says, values as Bulk API 2.0 writes them, null as an empty cell. Fields of parents are
 * columns such as {@code Owner.Name}; addresses, lists of children and other values that have no form in a cell are JSON.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class ColumnText {

    private static final String UTC = "+0000";

    private final List<String> columns;
    /** Null if fields besides the columns are left out. */
    private final @Nullable Set<String> known;

    private int written;

    private ColumnText(List<String> columns, @Nullable Set<String> known) {
        this.columns = List.copyOf(columns);
        this.known = known;
    }

    /** Columns that somebody chose: a row's other fields are left out. */
    static ColumnText chosen(List<String> columns) {
        return new ColumnText(columns, null);
    }

    /** The columns of these rows, by first appearance; a further row that has another field is refused. */
    static ColumnText of(Iterable<?> rows) {
        var names = new LinkedHashSet<String>();
        rows.forEach(row -> collect("", fields(row), names));
        // a parent that one row has and another has not
        names.removeIf(name -> names.stream().anyMatch(other -> other.startsWith(name + '.')));
        return new ColumnText(List.copyOf(names), names);
    }

    private static void collect(String prefix, Map<?, ?> fields, Set<String> names) {
        fields.forEach((name, value) -> {
            if (value instanceof SObject parent) {
                collect(prefix + name + '.', parent, names);
            } else if (!isAttributes(name, value)) {
                names.add(prefix + name);
            }
        });
    }

    private static boolean isAttributes(Object name, Object value) {
        return name.equals("attributes") && value instanceof Map;
    }

    private static Map<?, ?> fields(Object row) {
        return row instanceof Map<?, ?> fields ? fields : ResultText.fields(row);
    }

    /** The line with the names of the columns. */
    String header() {
        return columns.stream().map(ColumnText::cell).collect(Collectors.joining(",", "", "\n"));
    }

    /** The line of a row. */
    String line(Object row) {
        written++;
        Map<?, ?> fields = fields(row);
        if (known != null) {
            requireKnown(known, "", fields);
        }
        var line = new StringJoiner(",", "", "\n");
        for (String column : columns) {
            line.add(cell(text(column, value(fields, column))));
        }
        return line.length() == 1 ? "\"\"\n" : line.toString(); // an empty line is not a row
    }

    private void requireKnown(Set<String> known, String prefix, Map<?, ?> fields) {
        fields.forEach((name, value) -> {
            if (value instanceof SObject parent) {
                requireKnown(known, prefix + name + '.', parent);
            } else if (value != null && !known.contains(prefix + name) && !isAttributes(name, value)) {
                throw new InvalidBodyException(
                        "row " + written + " has the field " + prefix + name + ", which the first row has not, and the"
                                + " columns of the CSV were taken from that: name them in their order in the header "
                                + ResultText.COLUMNS + ", as in Id,Name,Owner.Name",
                        null);
            }
        });
    }

    @SuppressWarnings("unchecked") // names of fields are texts
    private static @Nullable Object value(Map<?, ?> fields, String column) {
        String name = FieldNames.find((Map<String, ?>) fields, column);
        if (name != null) {
            return fields.get(name);
        }
        int dot = column.indexOf('.');
        return dot > 0
                        && FieldNames.value((Map<String, ?>) fields, column.substring(0, dot))
                                instanceof Map<?, ?> parent
                ? value(parent, column.substring(dot + 1))
                : null;
    }

    private String text(String column, @Nullable Object value) {
        if (value == null || value instanceof String) {
            return value == null ? "" : (String) value;
        }
        try {
            Object plain = WireValue.of(value);
            if (plain instanceof Collection<?> many && many.stream().noneMatch(ColumnText::isNested)) {
                plain = WireValue.multiPicklist(many);
            }
            return plain == null ? "" : isNested(plain) ? ResultText.line(plain) : plain(plain);
        } catch (IllegalArgumentException e) {
            throw new InvalidBodyException("row " + written + ", column " + column + ": " + e.getMessage(), e);
        }
    }

    private static boolean isNested(Object value) {
        return value instanceof Map || value instanceof Collection;
    }

    private static String plain(Object value) {
        String text = WireText.of(value);
        if (!(value instanceof OffsetDateTime)) {
            return text;
        }
        int offset = text.length() - UTC.length();
        return text.endsWith(UTC)
                ? text.substring(0, offset) + 'Z'
                : text.substring(0, offset + 3) + ':' + text.substring(offset + 3);
    }

    private static String cell(String text) {
        return needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Blanks at the ends are data; not every reader knows unless they are in quotes. */
    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return !text.isEmpty() && (text.charAt(0) <= ' ' || text.charAt(text.length() - 1) <= ' ');
    }
}
