package org.sftoolkit.camel.soql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Dates and times as SOQL writes them: without quotes, instants in UTC with their milliseconds.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm">SOQL
 *      and SOSL Reference: Date Formats and Date Literals</a>
 */
final class SoqlTime {

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
                "Salesforce knows no date " + value + ": it has those from 1700-01-01 to 4000-12-31");
    }
}
