package org.sftoolkit.emulator.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sftoolkit.emulator.api.ApiException;

/** The body of a call, checked against what its resource takes. */
final class Values {

    private static final Pattern TIME = Pattern.compile("(-?\\d{1,12})(ms|s|m|h|d)?");

    private final Map<String, Object> values;

    private Values(Map<String, Object> values) {
        this.values = values;
    }

    /** Refuses what the fields do not allow, naming it. */
    static Values checked(Map<String, Object> values, List<Field> fields) {
        Map<String, Field> known = fields.stream()
                .collect(Collectors.toMap(Field::name, field -> field, (one, other) -> one, LinkedHashMap::new));
        values.forEach((name, value) -> {
            Field field = known.get(name);
            if (field == null) {
                throw refused("unknown \"" + name + "\": use one of " + String.join(", ", known.keySet()));
            }
            if (value != null) {
                check(field, value);
            }
        });
        fields.stream().filter(Field::required).forEach(field -> {
            if (values.get(field.name()) == null) {
                throw refused("\"" + field.name() + "\" is missing: " + field.text());
            }
        });
        return new Values(values);
    }

    private static void check(Field field, Object value) {
        String what =
                switch (field.type()) {
                    case TEXT -> value instanceof String ? null : "a text";
                    case INTEGER -> value instanceof Integer || value instanceof Long ? null : "a whole number";
                    case FLAG -> value instanceof Boolean ? null : "true or false";
                    case TIME ->
                        time(value).isPresent() ? null : "a time such as 150, \"150ms\", \"2s\", \"1h\" or \"1d\"";
                    case INSTANT -> instant(value).isPresent() ? null : "an instant such as 2026-03-01T10:00:00Z";
                    case TEXTS ->
                        value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                                ? null
                                : "a list of texts";
                    case OBJECTS ->
                        value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
                                ? null
                                : "a list of objects";
                    case MAP -> value instanceof Map ? null : "an object";
                    case ANY -> null;
                };
        if (what != null) {
            throw refused("\"" + field.name() + "\" must be " + what + ", not " + value);
        }
        if (!field.choices().isEmpty() && !field.choices().contains(value)) {
            throw refused(
                    "\"" + field.name() + "\" must be one of " + String.join(", ", field.choices()) + ", not " + value);
        }
    }

    static ApiException refused(String message) {
        return new ApiException(400, "INVALID_VALUE", message);
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    /** Hands a whole number on, if there is one. */
    void integer(String name, Consumer<Integer> taker) {
        if (values.get(name) instanceof Number number) {
            long value = number.longValue();
            if (value != (int) value) {
                throw refused("\"" + name + "\" is too large: " + value);
            }
            taker.accept((int) value);
        }
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable((Number) values.get(name)).map(Number::longValue);
    }

    Optional<Boolean> flag(String name) {
        return Optional.ofNullable((Boolean) values.get(name));
    }

    Optional<Duration> time(String name) {
        return has(name) ? time(values.get(name)) : Optional.empty();
    }

    Optional<Instant> instant(String name) {
        return has(name) ? instant(values.get(name)) : Optional.empty();
    }

    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** The values as they came. */
    Map<String, Object> all() {
        return values;
    }

    Object get(String name) {
        return values.get(name);
    }

    private static Optional<Duration> time(Object value) {
        Matcher text = TIME.matcher(String.valueOf(value));
        if (!text.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.group(1));
        return Optional.of(
                switch (text.group(2) == null ? "ms" : text.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofMillis(number);
                });
    }

    private static Optional<Instant> instant(Object value) {
        try {
            return Optional.of(Instant.parse(String.valueOf(value)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
