package org.sftoolkit.emulator.org;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns what a client sent for a field into the value to store, or refuses it with Salesforce's words. */
final class ValueReader {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)*\\.[^@\\s.]{2,}");
    /** {@code +00:00}, {@code +0000} and {@code Z} are all accepted behind a date and time. */
    private static final DateTimeFormatter DATETIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    /** Digits before the point of a field that has no limit of its own; a double has 309 at most. */
    private static final int MOST_PLACES = 400;

    private ValueReader() {}

    /** @param sent text, number, boolean, {@code java.time} value, {@link Blob} or null */
    static Object read(ObjectSchema object, FieldSchema field, Object sent) {
        if (sent == null || "".equals(sent)) {
            return field.type() == FieldType.BOOLEAN ? Boolean.FALSE : null;
        }
        return switch (field.type()) {
            case BOOLEAN -> bool(field, sent);
            case INT, LONG, DOUBLE, CURRENCY, PERCENT -> number(field, sent);
            case DATE -> date(field, sent);
            case DATETIME -> datetime(field, sent);
            case TIME -> time(field, sent);
            case ID, REFERENCE -> id(field, sent);
            case BASE64 -> blob(field, sent);
            default -> text(field, sent);
        };
    }

    private static Object bool(FieldSchema field, Object sent) {
        if (sent instanceof Boolean) {
            return sent;
        }
        if (sent instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
        }
        throw unreadable(field, sent);
    }

    private static BigDecimal number(FieldSchema field, Object sent) {
        BigDecimal number;
        try {
            number = new BigDecimal(sent instanceof Number || sent instanceof String ? sent.toString() : "?");
        } catch (NumberFormatException e) {
            throw unreadable(field, sent);
        }
        boolean whole = field.type() == FieldType.INT || field.type() == FieldType.LONG;
        if (whole && number.stripTrailingZeros().scale() > 0) {
            throw unreadable(field, sent);
        }
        int places = whole ? field.digits() : field.precision() - field.scale();
        int most = places > 0 ? places : MOST_PLACES;
        // before it is written out: an exponent of ten digits would be as many zeros
        if (number.signum() != 0 && (long) number.precision() - number.scale() > most) {
            throw outside(field, number);
        }
        BigDecimal rounded = (number.signum() == 0 ? BigDecimal.ZERO : number)
                .setScale(whole ? 0 : field.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() - rounded.scale() > most) {
            throw outside(field, number);
        }
        return rounded;
    }

    private static RowRefusedException outside(FieldSchema field, BigDecimal number) {
        return RowRefusedException.of(
                "NUMBER_OUTSIDE_VALID_RANGE",
                field.label() + ": value outside of valid range on numeric field: " + number,
                field.name());
    }

    private static LocalDate date(FieldSchema field, Object sent) {
        if (sent instanceof LocalDate date) {
            return date;
        }
        String text = text(sent, field);
        try {
            // Whether real orgs take a time behind the day is not documented; clients send it. The time is dropped.
            return LocalDate.parse(text.matches("\\d{4}-\\d\\d-\\d\\dT.+") ? datePart(field, text) : text);
        } catch (DateTimeException e) {
            throw unreadable(field, sent);
        }
    }

    private static String datePart(FieldSchema field, String text) {
        datetime(field, text);
        return text.substring(0, 10);
    }

    private static Instant datetime(FieldSchema field, Object sent) {
        if (sent instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS);
        }
        if (sent instanceof OffsetDateTime time) {
            return time.toInstant().truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return DATETIME.parse(text(sent, field), Instant::from).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw unreadable(field, sent);
        }
    }

    private static LocalTime time(FieldSchema field, Object sent) {
        if (sent instanceof LocalTime time) {
            return time.truncatedTo(ChronoUnit.MILLIS);
        }
        String text = text(sent, field);
        try {
            return LocalTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text)
                    .truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw unreadable(field, sent);
        }
    }

    private static String id(FieldSchema field, Object sent) {
        String text = text(sent, field);
        return RecordIds.normalised(text)
                .orElseThrow(() -> RowRefusedException.of(
                        "MALFORMED_ID", field.label() + ": id value of incorrect type: " + text, field.name()));
    }

    private static Blob blob(FieldSchema field, Object sent) {
        if (sent instanceof Blob blob) {
            return blob;
        }
        if (sent instanceof byte[] bytes) {
            return new Blob.InMemory(bytes.clone());
        }
        try {
            return new Blob.InMemory(Base64.getMimeDecoder().decode(text(sent, field)));
        } catch (IllegalArgumentException e) {
            throw unreadable(field, "(base64)");
        }
    }

    private static String text(FieldSchema field, Object sent) {
        String text = text(sent, field);
        if (field.length() > 0 && text.codePointCount(0, text.length()) > field.length()) {
            throw RowRefusedException.of(
                    "STRING_TOO_LONG",
                    field.label() + ": data value too large: " + text + " (max length=" + field.length() + ")",
                    field.name());
        }
        return switch (field.type()) {
            case EMAIL -> email(field, text);
            case PICKLIST -> picklist(field, text);
            case MULTIPICKLIST -> multipicklist(field, text);
            default -> text;
        };
    }

    private static String email(FieldSchema field, String text) {
        if (!EMAIL.matcher(text).matches()) {
            throw RowRefusedException.of(
                    "INVALID_EMAIL_ADDRESS", field.label() + ": invalid email address: " + text, field.name());
        }
        return text;
    }

    private static String picklist(FieldSchema field, String text) {
        if (!field.restrictedPicklist()) {
            return text;
        }
        return field.picklist().stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> RowRefusedException.of(
                        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                        field.label() + ": bad value for restricted picklist field: " + text,
                        field.name()));
    }

    private static String multipicklist(FieldSchema field, String text) {
        Set<String> chosen = new LinkedHashSet<>();
        for (String value : text.split(";")) {
            if (!value.isBlank()) {
                chosen.add(picklist(field, value.strip()));
            }
        }
        return chosen.isEmpty() ? null : String.join(";", chosen);
    }

    private static String text(Object sent, FieldSchema field) {
        if (sent instanceof String text) {
            return text;
        }
        throw unreadable(field, sent);
    }

    /** Salesforce adds the place in the request ("at [line:1, column:2]"), which is not known here. */
    private static RowRefusedException unreadable(FieldSchema field, Object sent) {
        String token = sent instanceof String
                ? "VALUE_STRING"
                : sent instanceof Boolean ? "VALUE_" + sent.toString().toUpperCase(Locale.ROOT) : number(sent);
        return RowRefusedException.of(
                "JSON_PARSER_ERROR",
                "Cannot deserialize instance of " + field.type().wireName() + " from " + token + " value " + sent
                        + " or request may be missing a required field",
                field.name());
    }

    private static String number(Object sent) {
        if (sent instanceof Number) {
            return sent.toString().matches("-?\\d+") ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
        }
        return sent instanceof Collection ? "START_ARRAY" : "START_OBJECT";
    }
}
