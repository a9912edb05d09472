package org.sftoolkit.camel.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Remembers values that can change in place, and compares values by what Salesforce would store of them. */
final class Snapshots {

    private Snapshots() {}

    /**
     * Copies of those values that can change in place: structures such as addresses. Records beside it are left out, as
     * they are never sent back, and lists of children likewise.
     */
    static Map<String, Object> of(Map<String, Object> values) {
        Map<String, Object> copies = Map.of();
        for (var entry : values.entrySet()) {
            Object value = entry.getValue();
            if (Scalars.isCertainly(value)) {
                continue;
            }
            if (value instanceof Map<?, ?> map && !(value instanceof SObject) && !map.containsKey("records")
                    || value instanceof List<?>) {
                copies = copies.isEmpty() ? new LinkedHashMap<>() : copies;
                copies.put(entry.getKey(), copy(value));
            }
        }
        return copies;
    }

    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && !(value instanceof SObject)) {
            var copy = new LinkedHashMap<Object, Object>();
            map.forEach((key, member) -> copy.put(key, copy(member)));
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<Object>(list.size());
            list.forEach(member -> copy.add(copy(member)));
            return copy;
        }
        return value;
    }

    /** Whether both mean the same to Salesforce: numbers by value, times as the text that is sent. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (Objects.equals(a, b)) {
            return true;
        }
        if (a instanceof Number && b instanceof Number) {
            return sameNumber(a.toString(), b.toString());
        }
        boolean text = a instanceof CharSequence || b instanceof CharSequence;
        boolean time = a instanceof java.time.temporal.Temporal || b instanceof java.time.temporal.Temporal;
        return text && time && a != null && b != null && WireText.of(a).equals(WireText.of(b));
    }

    private static boolean sameNumber(String a, String b) {
        try {
            return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
        } catch (NumberFormatException notFinite) {
            return a.equals(b);
        }
    }
}
