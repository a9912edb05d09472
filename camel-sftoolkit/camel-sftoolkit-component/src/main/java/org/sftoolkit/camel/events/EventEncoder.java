package org.sftoolkit.camel.events;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.events.EventSchema.Field;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.model.WireText;
import org.sftoolkit.camel.model.WireValue;

/**
 * Encodes events by their schema. What the org would take without a word and store as nothing is refused here: a field that it
 * does not have, one that it needs and that is missing, a value of another type.
 */
final class EventEncoder {

    private static final String CREATED_DATE = "CreatedDate";
    private static final String CREATED_BY = "CreatedById";
    private static final String ATTRIBUTES = "attributes";
    private static final long NANOS_OF_MILLI = 1_000_000;

    /** An encoded event, or the reason why the record cannot be sent. */
    record Encoded(byte @Nullable [] payload, List<SaveError> errors) {}

    private final EventSchema schema;
    private final Map<String, Field> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String userId;
    private final Instant now;
    private final boolean checks;

    /** @param checks whether fields are refused that are unknown, or required and missing; else they are left out */
    EventEncoder(EventSchema schema, String userId, Instant now, boolean checks) {
        this.checks = checks;
        this.schema = schema;
        this.userId = userId;
        this.now = now;
        schema.fields().forEach(field -> fields.put(field.name(), field));
    }

    Encoded encode(SourceRecord record) {
        if (record.defect() != null) {
            return refused(List.of(error("INVALID_FIELD", record.defect(), List.of())));
        }
        var values = new LinkedHashMap<String, Object>();
        var errors = new ArrayList<SaveError>();
        var seen = new HashSet<String>();
        record.fields().forEach((name, value) -> {
            Field field = fields.get(name);
            if (name.equals(ATTRIBUTES) || field == null && !checks) {
                return;
            }
            if (field == null) {
                errors.add(error(
                        "INVALID_FIELD",
                        "No such field '" + name + "' on " + schema.name() + "; it has " + names(),
                        List.of(name)));
                return;
            }
            if (!seen.add(field.name())) {
                errors.add(error(
                        "INVALID_FIELD",
                        name + ": the record has " + field.name()
                                + " twice, and Salesforce ignores case in field names: remove one",
                        List.of(name)));
                return;
            }
            try {
                values.put(field.name(), value(field, WireValue.of(value)));
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                errors.add(error(
                        "INVALID_TYPE_ON_FIELD_IN_RECORD",
                        field.name() + ": " + e.getMessage(),
                        List.of(field.name())));
            }
        });
        values.putIfAbsent(CREATED_DATE, now.toEpochMilli());
        values.putIfAbsent(CREATED_BY, userId);
        List<String> missing = schema.fields().stream()
                .filter(field -> !field.nullable() && values.get(field.name()) == null)
                .map(Field::name)
                .toList();
        if (checks && !missing.isEmpty()) {
            errors.add(error(
                    "REQUIRED_FIELD_MISSING", "Required fields are missing: " + String.join(", ", missing), missing));
        }
        if (!errors.isEmpty()) {
            return refused(errors);
        }
        try {
            return new Encoded(schema.encode(values), List.of());
        } catch (IllegalArgumentException e) {
            return refused(List.of(error("INVALID_FIELD", String.valueOf(e.getMessage()), List.of())));
        }
    }

    private String names() {
        return String.join(
                ", ",
                schema.fields().stream()
                        .map(Field::name)
                        .filter(name -> !name.equals(CREATED_DATE) && !name.equals(CREATED_BY))
                        .toList());
    }

    private static Encoded refused(List<SaveError> errors) {
        return new Encoded(null, errors);
    }

    private static SaveError error(String code, String message, List<String> names) {
        return new SaveError(code, message, names, false);
    }

    private static @Nullable Object value(Field field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (field.kind()) {
            case TEXT -> WireText.of(value);
            case BOOLEAN -> truth(value);
            case INTEGER -> Math.toIntExact(whole(value));
            case LONG -> millis(field, value);
            case DOUBLE -> number(value);
            default -> throw new IllegalArgumentException("a field of this kind cannot be published");
        };
    }

    private static boolean truth(Object value) {
        if (value instanceof Boolean known) {
            return known;
        }
        String text = value.toString();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException("true or false is needed, not " + shown(value));
    }

    private static double number(Object value) {
        try {
            // Double.parseDouble takes what is a number in Java only, such as 12f and 0x1p3
            double number = value instanceof Number known
                    ? known.doubleValue()
                    : new BigDecimal(text(value).strip()).doubleValue();
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("the number is larger than a field of this kind can hold");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number is needed, not " + shown(value), e);
        }
    }

    private static long whole(Object value) {
        try {
            return new BigDecimal(value instanceof Number ? value.toString() : text(value)).longValueExact();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a whole number is needed, not " + shown(value), e);
        }
    }

    /** Times are milliseconds, by the type that the schema tells. */
    private static long millis(Field field, Object value) {
        return switch (field.type()) {
            case "DateTime" ->
                value instanceof OffsetDateTime at
                        ? at.toInstant().toEpochMilli()
                        : value instanceof Number millis
                                ? millis.longValue()
                                : instant(text(value)).toEpochMilli();
            case "DateOnly", "Date" ->
                (value instanceof LocalDate day ? day : LocalDate.parse(text(value)))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            case "TimeOnly", "Time" ->
                (value instanceof LocalTime time
                                        ? time
                                        : LocalTime.parse(text(value).replace("Z", "")))
                                .toNanoOfDay()
                        / NANOS_OF_MILLI;
            default -> whole(value);
        };
    }

    private static Instant instant(String text) {
        Object revived = WireText.revive(text);
        return revived instanceof OffsetDateTime at
                ? at.toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    private static String text(Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        throw new IllegalArgumentException("a value of another type is needed, not " + shown(value));
    }

    private static String shown(Object value) {
        return "a " + value.getClass().getSimpleName();
    }
}
