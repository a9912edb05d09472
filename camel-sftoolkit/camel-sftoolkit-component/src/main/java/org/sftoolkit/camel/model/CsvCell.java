package org.sftoolkit.camel.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;

/**
 * Values as text in the cells of bulk loads.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_date_format.htm">Bulk
 *      API 2.0 and Bulk API Developer Guide: Valid Date Format in Records</a>
 */
public final class CsvCell {

    /** The cell that sets a field to null; an empty one leaves it alone. */
    public static final String NULL = "#N/A";

    private static final int DATE_TIME_LENGTH = "2026-01-02T03:04:05.000+0000".length();

    private CsvCell() {}

    /**
     * A value as text; null, and empty text, which Salesforce stores as null, as {@link #NULL}.
     *
     * @throws IllegalArgumentException for what a cell cannot hold
     */
    public static String of(Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof CharSequence text) {
            return text.isEmpty() ? NULL : text.toString();
        }
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value.toString();
        }
        if (value instanceof BigDecimal exact) {
            return PlainNumber.of(exact);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Collection<?> many) {
            return multiPicklist(many);
        }
        if (value instanceof Object[] many) {
            return multiPicklist(Arrays.asList(many));
        }
        if (value instanceof Map) {
            throw structure();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return dateTime(WireText.of(value));
    }

    /** What a cell says: text, or null for {@link #NULL}. */
    public static String value(String cell) {
        return cell.equals(NULL) ? null : cell;
    }

    private static String multiPicklist(Collection<?> many) {
        if (many.stream().anyMatch(Map.class::isInstance)) {
            throw structure();
        }
        return WireText.multiPicklist(many);
    }

    private static IllegalArgumentException structure() {
        return new IllegalArgumentException(
                "a record within a record has no place in a cell: bulk loads know the fields"
                        + " of an object, and parents one level up by an external id");
    }

    private static String number(Number number) {
        if ((number instanceof Double || number instanceof Float) && !Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("Salesforce knows no number " + number);
        }
        return number.toString();
    }

    /** In CSV the guide shows offsets with a colon only. */
    private static String dateTime(String text) {
        int colon = DATE_TIME_LENGTH - 2;
        return text.length() == DATE_TIME_LENGTH && text.charAt(10) == 'T'
                ? text.substring(0, colon) + ':' + text.substring(colon)
                : text;
    }
}
