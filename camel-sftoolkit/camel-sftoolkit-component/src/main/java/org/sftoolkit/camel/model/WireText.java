package org.sftoolkit.camel.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.stream.Collectors;

/** Values as text in the forms that Salesforce accepts in JSON and CSV alike; the way back where the form is unmistakable. */
public final class WireText {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'");

    private WireText() {}

    /**
     * A value that is no number, boolean or structure, as text.
     *
     * @throws IllegalArgumentException for a date and time without a zone, which names no instant
     */
    public static String of(Object value) {
        if (value instanceof OffsetDateTime at) {
            return DATE_TIME.format(at);
        }
        if (value instanceof Instant at) {
            return DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
        }
        if (value instanceof ZonedDateTime at) {
            return DATE_TIME.format(at.toOffsetDateTime());
        }
        if (value instanceof java.sql.Date day) {
            return day.toLocalDate().toString();
        }
        if (value instanceof java.sql.Time time) {
            return TIME.format(time.toLocalTime());
        }
        if (value instanceof Date at) {
            return DATE_TIME.format(at.toInstant().atOffset(ZoneOffset.UTC));
        }
        if (value instanceof Calendar at) {
            return DATE_TIME.format(at.toInstant().atOffset(ZoneOffset.UTC));
        }
        if (value instanceof LocalTime time) {
            return TIME.format(time);
        }
        if (value instanceof OffsetTime time) {
            return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
        }
        if (value instanceof LocalDateTime) {
            throw new IllegalArgumentException("the date and time " + value
                    + " has no zone: give an Instant, OffsetDateTime or ZonedDateTime, or text with an offset");
        }
        return value.toString();
    }

    /** The texts of a multi-picklist joined as Salesforce writes them: {@code A;B}. Nulls are left out. */
    public static String multiPicklist(Collection<?> values) {
        return values.stream().filter(v -> v != null).map(WireText::of).collect(Collectors.joining(";"));
    }

    /**
     * Text as read: a date, time or instant in exactly the form in which Salesforce writes those becomes
     * {@code java.time}, all else stays text. Writing the result gives the same text again, so that a text field that
     * happens to hold such a form loses nothing.
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
}
