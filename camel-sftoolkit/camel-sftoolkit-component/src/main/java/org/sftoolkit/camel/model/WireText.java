package org.sftoolkit.camel.model;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as text in the forms that Salesforce accepts in JSON and CSV alike; and back again if the form is
 * unambiguous.
 */
public final class WireText {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'");

    private WireText() {}

    /**
     * A plain value as text: numbers without an exponent if they are exact, dates and times in ISO 8601, bytes in
     * Base64.
     *
     * @throws IllegalArgumentException for a value that cannot be sent or is not a plain value
     */
    public static String of(@Nullable Object value) {
        Object plain = WireValue.of(value);
        if (plain instanceof String text) {
            return text;
        }
        if (plain instanceof BigDecimal exact) {
            return PlainNumber.of(exact);
        }
        if (plain instanceof OffsetDateTime at) {
            // the form has no seconds of an offset, which times before 1900 may have
            return DATE_TIME.format(
                    at.getOffset().getTotalSeconds() % 60 == 0 ? at : at.withOffsetSameInstant(ZoneOffset.UTC));
        }
        if (plain instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (plain instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (plain == null || plain instanceof Map || plain instanceof Collection) {
            throw new IllegalArgumentException("a single plain value is needed here, not "
                    + (value == null ? "null" : "a " + value.getClass().getName()));
        }
        return plain.toString();
    }

    /**
     * Text as read: a date, time or instant in exactly Salesforce's form becomes {@code java.time}, other text stays
     * text. Writing the result returns the same text, so a text field with such content loses nothing.
     */
    public static Object revive(String text) {
        return switch (text.length()) {
            case 10 -> looksLike(text, "0000-00-00") ? WireTime.date(text) : text;
            case 13 -> looksLike(text, "00:00:00.000Z") ? WireTime.time(text) : text;
            case 28 -> looksLike(text, "0000-00-00T00:00:00.000+0000") ? WireTime.dateTime(text) : text;
            default -> text;
        };
    }

    private static boolean looksLike(String text, String form) {
        for (int i = 0; i < form.length(); i++) {
            char wanted = form.charAt(i);
            char found = text.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads times at fixed positions of a text whose form was checked; a general parser costs ten times as much, and a query
     * answers with a dozen of them a row. Text that names no real time (month 13) stays text.
     */
    private static final class WireTime {

        private WireTime() {}

        static Object date(String text) {
            try {
                return day(text);
            } catch (DateTimeException e) {
                return text;
            }
        }

        static Object time(String text) {
            try {
                return clock(text, 0).atOffset(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                return text;
            }
        }

        static Object dateTime(String text) {
            if (!text.endsWith("+0000")) {
                return text;
            }
            try {
                return OffsetDateTime.of(LocalDateTime.of(day(text), clock(text, 11)), ZoneOffset.UTC);
            } catch (DateTimeException e) {
                return text;
            }
        }

        private static LocalDate day(String text) {
            return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
        }

        private static LocalTime clock(String text, int at) {
            return LocalTime.of(
                    number(text, at, at + 2),
                    number(text, at + 3, at + 5),
                    number(text, at + 6, at + 8),
                    number(text, at + 9, at + 12) * 1_000_000);
        }

        private static int number(String text, int from, int to) {
            int number = 0;
            for (int i = from; i < to; i++) {
                number = number * 10 + text.charAt(i) - '0';
            }
            return number;
        }
    }
}
