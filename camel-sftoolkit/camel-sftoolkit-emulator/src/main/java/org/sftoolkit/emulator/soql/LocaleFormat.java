package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.sftoolkit.emulator.org.FieldType;

/** FORMAT() for the locale en_US and the currency USD, those of the emulated org. */
final class LocaleFormat {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/uuuu", Locale.US);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("M/d/uuuu, h:mm a", Locale.US);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);

    private LocaleFormat() {}

    static Object format(FieldType type, Object value, ZoneId zone) {
        if (value instanceof BigDecimal number) {
            String pattern =
                    switch (type) {
                        case CURRENCY -> "$#,##0.00";
                        case PERCENT -> "#,##0.###'%'";
                        default -> "#,##0.###";
                    };
            return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.US)).format(number);
        }
        if (value instanceof Instant instant) {
            return DATE_TIME.withZone(zone).format(instant);
        }
        if (value instanceof LocalDate date) {
            return DATE.format(date);
        }
        return value instanceof LocalTime time ? TIME.format(time) : value;
    }
}
