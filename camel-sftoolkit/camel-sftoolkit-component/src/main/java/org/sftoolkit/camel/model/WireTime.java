package org.sftoolkit.camel.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads times at fixed positions of a text whose form was checked; a general parser costs ten times as much, and a query
 * answers with a dozen of them a row. Text that names no real time (month 13) stays text.
 */
final class WireTime {

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
