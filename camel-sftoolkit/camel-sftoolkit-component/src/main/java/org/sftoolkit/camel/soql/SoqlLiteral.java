package org.sftoolkit.camel.soql;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.PlainNumber;
import org.sftoolkit.camel.model.Scalars;
import org.sftoolkit.camel.model.WireValue;

/**
 * Writes values as SOQL literals that cannot end early, by their Java type.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm">SOQL
 *      and SOSL Reference: Quoted String Escape Sequences</a>
 */
public final class SoqlLiteral {

    private SoqlLiteral() {}

    /**
     * The literal of one value: text in quotes; numbers, booleans, dates and times without; {@code null} for null.
     *
     * @throws IllegalArgumentException for what SOQL has no literal for, naming its class
     */
    public static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        Object plain = WireValue.compared(value);
        if (plain == null) {
            return "null";
        }
        if (plain instanceof String text) {
            return text(text);
        }
        if (plain instanceof Boolean) {
            return plain.toString();
        }
        if (plain instanceof Number number) {
            return number(number);
        }
        return SoqlTime.of(plain)
                .orElseThrow(() -> new IllegalArgumentException("a value of "
                        + value.getClass().getName()
                        + " cannot be used in SOQL: bind text, a number, a boolean, a date, a time or"
                        + " a list of these"));
    }

    /** The elements of a collection or array, also one in JSON or an {@code Optional}; null for any other value. */
    public static @Nullable List<Object> elements(@Nullable Object value) {
        if (value != null && value.getClass().isArray() && !(value instanceof byte[] || value instanceof char[])) {
            var elements = new ArrayList<Object>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
            return elements;
        }
        if (value instanceof Iterable<?> many
                && !(value instanceof java.nio.file.Path || value instanceof JsonNode || value instanceof Collection)) {
            var elements = new ArrayList<Object>();
            many.forEach(elements::add);
            return elements;
        }
        return !Scalars.isCertainly(value) && WireValue.compared(value) instanceof Collection<?> many
                ? new ArrayList<>(many)
                : null;
    }

    /** The literals of these values, separated by commas. */
    public static String joined(Collection<?> values) {
        return values.stream().map(SoqlLiteral::of).collect(Collectors.joining(","));
    }

    /** Text in single quotes, all that SOQL takes for an end or an escape escaped. */
    public static String text(String value) {
        var literal = new StringBuilder(value.length() + 8).append('\'');
        append(literal, value);
        return literal.append('\'').toString();
    }

    /**
     * A pattern for {@code LIKE} that matches the value literally: its {@code %} and {@code _} are escaped.
     *
     * @param before whether any text may precede it
     * @param after whether any text may follow it
     */
    public static String like(String value, boolean before, boolean after) {
        WireValue.text(value);
        var literal = new StringBuilder(value.length() + 8).append(before ? "'%" : "'");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' || c == '_') {
                literal.append('\\');
            }
            append(literal, c);
        }
        return literal.append(after ? "%'" : "'").toString();
    }

    private static String number(Number number) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(number.toString());
        } catch (NumberFormatException notFinite) {
            throw new IllegalArgumentException("Salesforce cannot store the number " + number, notFinite);
        }
        return PlainNumber.of(exact);
    }

    private static void append(StringBuilder literal, String value) {
        WireValue.text(value);
        for (int i = 0; i < value.length(); i++) {
            append(literal, value.charAt(i));
        }
    }

    // \b is not used: SOQL reads it as a bell, Java and most others as a backspace
    private static void append(StringBuilder literal, char c) {
        switch (c) {
            case '\'' -> literal.append("\\'");
            case '\\' -> literal.append("\\\\");
            case '\n' -> literal.append("\\n");
            case '\r' -> literal.append("\\r");
            case '\t' -> literal.append("\\t");
            case '\f' -> literal.append("\\f");
            default -> {
                if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029') {
                    literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    literal.append(c);
                }
            }
        }
    }

    /**
     * Dates and times as SOQL writes them: without quotes, instants in UTC with their milliseconds.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm">SOQL
     *      and SOSL Reference: Date Formats and Date Literals</a>
     */
    private static final class SoqlTime {

        private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'");
        private static final OffsetDateTime FIRST = OffsetDateTime.parse("1700-01-01T00:00:00Z");
        private static final OffsetDateTime LAST = OffsetDateTime.parse("4000-12-31T23:59:59.999Z");

        private SoqlTime() {}

        /**
         * The literal of a date, time or instant as {@link org.sftoolkit.camel.model.WireValue} gives it; empty for any other value.
         *
         * @throws IllegalArgumentException for one that Salesforce cannot hold
         */
        static Optional<String> of(Object value) {
            if (value instanceof LocalDate day) {
                return Optional.of(date(day));
            }
            if (value instanceof LocalTime time) {
                return Optional.of(TIME.format(time));
            }
            return value instanceof OffsetDateTime at ? Optional.of(dateTime(at.toInstant())) : Optional.empty();
        }

        private static String date(LocalDate day) {
            if (day.getYear() < FIRST.getYear() || day.getYear() > LAST.getYear()) {
                throw unknown(day);
            }
            return day.toString();
        }

        private static String dateTime(Instant at) {
            if (at.isBefore(FIRST.toInstant()) || at.isAfter(LAST.toInstant())) {
                throw unknown(at);
            }
            return INSTANT.format(at.atOffset(ZoneOffset.UTC));
        }

        private static IllegalArgumentException unknown(Object value) {
            return new IllegalArgumentException(
                    "Salesforce cannot store the date " + value + ": use 1700-01-01 to 4000-12-31");
        }
    }
}
