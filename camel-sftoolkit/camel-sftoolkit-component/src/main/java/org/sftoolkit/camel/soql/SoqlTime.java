package org.sftoolkit.camel.soql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.Date;
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
     * The literal of a date, time or instant; empty for any other value.
     *
     * @throws IllegalArgumentException for one that Salesforce cannot hold, or that names no instant
     */
    static Optional<String> of(Object value) {
        if (value instanceof LocalDate day) {
            return Optional.of(date(day));
        }
        if (value instanceof java.sql.Date day) {
            return Optional.of(date(day.toLocalDate()));
        }
        if (value instanceof LocalTime time) {
            return Optional.of(TIME.format(time));
        }
        if (value instanceof OffsetTime time) {
            return Optional.of(TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
        }
        if (value instanceof java.sql.Time time) {
            return Optional.of(TIME.format(time.toLocalTime()));
        }
        if (value instanceof LocalDateTime) {
            throw new IllegalArgumentException("the date and time " + value
                    + " has no zone: bind an Instant, an OffsetDateTime or a ZonedDateTime");
        }
        return Optional.ofNullable(instant(value)).map(SoqlTime::dateTime);
    }

    private static Instant instant(Object value) {
        if (value instanceof Instant at) {
            return at;
        }
        if (value instanceof OffsetDateTime at) {
            return at.toInstant();
        }
        if (value instanceof ZonedDateTime at) {
            return at.toInstant();
        }
        if (value instanceof Date at) {
            return at.toInstant();
        }
        return value instanceof Calendar at ? at.toInstant() : null;
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
