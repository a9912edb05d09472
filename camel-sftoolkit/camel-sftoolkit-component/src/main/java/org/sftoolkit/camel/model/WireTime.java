package org.sftoolkit.camel.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Which of the JDK's dates and times are written, and as what. */
final class WireTime {

    private WireTime() {}

    /** Converts all date, time and instant classes to three; null for other values. */
    static @Nullable Object of(Object value) {
        if (value instanceof Instant at) {
            return at.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof ZonedDateTime at) {
            return at.toOffsetDateTime();
        }
        if (value instanceof java.sql.Date day) {
            return day.toLocalDate();
        }
        if (value instanceof java.sql.Time time) {
            return time.toLocalTime();
        }
        if (value instanceof Date at) {
            return at.toInstant().atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Calendar at) {
            return at.toInstant().atOffset(ZoneOffset.UTC);
        }
        if (value instanceof OffsetTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime();
        }
        if (value instanceof LocalDateTime) {
            throw new IllegalArgumentException("the date and time " + value + " (" + LocalDateTime.class.getName()
                    + ") has no time zone: use an Instant, OffsetDateTime or ZonedDateTime, or text with an offset");
        }
        return value instanceof LocalTime ? value : null;
    }
}
