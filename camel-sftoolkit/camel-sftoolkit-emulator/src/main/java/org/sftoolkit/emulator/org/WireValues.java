package org.sftoolkit.emulator.org;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form of stored values in JSON answers (REST API Developer Guide: "Valid Date and DateTime Formats"). */
public final class WireValues {

    private static final DateTimeFormatter DATETIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'");

    private WireValues() {}

    /**
     * What a JSON answer holds for a value: null, String, Boolean, BigDecimal, or a Map of these. The content of a blob
     * is not given in JSON; of it there is an empty text, for the caller to replace by the path that leads to it.
     */
    public static Object of(FieldSchema field, Object value) {
        return of(field.type(), value);
    }

    /** As {@link #of(FieldSchema, Object)}, for values of that type that no field holds. */
    public static Object of(FieldType type, Object value) {
        if (value instanceof BigDecimal number) {
            return number(type, number);
        }
        if (value instanceof Map<?, ?> parts) {
            Map<String, Object> wire = new LinkedHashMap<>();
            parts.forEach((part, content) ->
                    wire.put((String) part, content instanceof BigDecimal n ? number(FieldType.DOUBLE, n) : content));
            return wire;
        }
        return plain(value);
    }

    private static Object plain(Object value) {
        if (value instanceof Instant instant) {
            return datetime(instant);
        }
        if (value instanceof LocalDate date) {
            return date.toString();
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        return value instanceof Blob ? "" : value;
    }

    /** A time stamp as Salesforce writes it: UTC, milliseconds, an offset without colon. */
    public static String datetime(Instant instant) {
        return DATETIME.format(instant);
    }

    /** Whole numbers of int fields stay whole; all others show at least one decimal place, as in {@code 12.0}. */
    private static BigDecimal number(FieldType type, BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        int least = type == FieldType.INT || type == FieldType.LONG ? 0 : 1;
        return stripped.scale() < least ? stripped.setScale(least) : stripped;
    }
}
