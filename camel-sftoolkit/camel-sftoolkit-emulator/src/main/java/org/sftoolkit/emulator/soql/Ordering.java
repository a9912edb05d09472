package org.sftoolkit.emulator.soql;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.FieldType;

/**
 * The order of values and rows (SOQL and SOSL Reference: ORDER BY). Text ignores case, picklists follow the order of
 * their entries, the key sets the position of nulls.
 */
final class Ordering {
    private Ordering() {}

    /** The order of a column's values that are not null. */
    static Comparator<Object> values(Column<?> column) {
        return switch (column.kind()) {
            case TEXT ->
                column.type() == FieldType.PICKLIST && column.field() != null
                        ? picklist(List.copyOf(column.field().picklist()))
                        : text(column.caseSensitive());
            case DATETIME -> Comparator.comparing(value -> Ordering.natural(ValueKind.DATETIME.key(value, true)));
            default -> Comparator.comparing(Ordering::natural);
        };
    }

    /** The order of what is read through the columns. */
    static <T> Comparator<T> keys(List<Column<T>> columns, List<Query.OrderKey> keys) {
        Comparator<T> order = null;
        for (int i = 0; i < keys.size(); i++) {
            Comparator<T> next = key(columns.get(i), keys.get(i));
            order = order == null ? next : order.thenComparing(next);
        }
        return order == null ? Comparator.comparingInt(ignored -> 0) : order;
    }

    private static <T> Comparator<T> key(Column<T> column, Query.OrderKey key) {
        Comparator<Object> values = key.descending() ? values(column).reversed() : values(column);
        Comparator<Object> all = key.nullsFirst() ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
        return (a, b) -> all.compare(column.of(a), column.of(b));
    }

    static Comparator<Object> text(boolean caseSensitive) {
        return caseSensitive
                ? (a, b) -> ((String) a).compareTo((String) b)
                : (a, b) -> ((String) a).compareToIgnoreCase((String) b);
    }

    private static Comparator<Object> picklist(List<String> entries) {
        Map<String, Integer> places = new HashMap<>();
        entries.forEach(entry -> places.put(entry, places.size()));
        Comparator<Object> byPlace = Comparator.comparingInt(value -> places.getOrDefault(value, entries.size()));
        return byPlace.thenComparing(text(false));
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> natural(Object value) {
        return (Comparable<Object>) value;
    }
}
