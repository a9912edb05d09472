package org.sftoolkit.camel;

import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses invalid option values and lists the allowed ones, because Camel's own message names Java classes. It is the
 * same for URIs and headers.
 */
final class OptionValues {

    private static final PropertyConfigurerGetter TYPES = new SfToolkitConfigurationConfigurer();
    /** Types of all options of an endpoint, Camel's among them. */
    private static final PropertyConfigurerGetter OF_ENDPOINTS = new SfToolkitEndpointConfigurer();

    /** Options that name a field or object; an invalid name would be a key that no record has. */
    private static final Set<String> NAMES =
            Set.of("externalIdField", "groupBy", "blobField", "sObject", "watermarkField");

    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*(\\.[A-Za-z]\\w*)*");
    /** Options that name a place; a blank one would mean the working directory, or an empty key. */
    private static final Set<String> PLACES = Set.of("watermarkFile", "watermarkKey", "jobFile", "jobKey", "recordTo");
    /** Conditions, which must not be ignored silently. */
    private static final Set<String> CONDITIONS = Set.of("ifModifiedSince", "ifUnmodifiedSince");
    /** Whole numbers that are no times. */
    private static final Set<String> SIZES = Set.of("maxAnswerBytes", "maxJobBytes");
    /** Camel's own times: milliseconds or a duration such as 30s; with another timeUnit, a whole number of it. */
    private static final Set<String> CAMEL_TIMES = Set.of("delay", "initialDelay");

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");
    /** Camel reads what does not fit its form of a duration, such as {@code 10S} or {@code 1w}, as zero or in part. */
    private static final Pattern DURATION =
            Pattern.compile("(?=\\d)(\\d+d)?(\\d+h)?(\\d+m(in)?(?!s))?(\\d+s(ec)?)?(\\d+ms)?");

    private final CamelContext camel;
    private final PropertyConfigurer options = new SfToolkitConfigurationConfigurer();

    OptionValues(CamelContext camel) {
        this.camel = camel;
    }

    /** Sets properties of the component that are checked as those of a URI. */
    static PropertyConfigurer checkedOfComponent() {
        return new SfToolkitComponentConfigurer() {
            @Override
            public boolean configure(CamelContext camel, Object target, String name, Object value, boolean ignoreCase) {
                if (value != null) {
                    new OptionValues(camel).check(Map.of(name, value));
                }
                return super.configure(camel, target, name, value, ignoreCase);
            }
        };
    }

    /** @throws IllegalArgumentException for the first invalid value, with option, value and allowed values */
    void check(Map<String, ?> values) {
        Object timeUnit = values.keySet().stream()
                .filter(parameter -> OptionCheck.option(parameter).equalsIgnoreCase("timeUnit"))
                .findFirst()
                .map(values::get)
                .orElse(null);
        values.forEach((parameter, value) -> {
            String name = OptionCheck.option(parameter);
            requireNumber(name, value, timeUnit);
            requireName(parameter.replace("-", ""), value);
            Class<?> type = TYPES.getOptionType(name, true);
            if (type == String.class) {
                requireText(name, value);
            }
            boolean readable = type != null && (type.isEnum() || isSimple(type));
            if (readable && name.equals(parameter) && !isReference(value) && !isTaken(name, type, value)) {
                throw new IllegalArgumentException(
                        name + "=" + value + (type.isEnum() ? " is not allowed" : "") + ": use " + allowed(name, type));
            }
        });
    }

    /** @throws IllegalArgumentException if a value has no text but its {@code toString} */
    static String requireText(String option, Object value) {
        if (!isText(value)) {
            throw new IllegalArgumentException(
                    option + " was given a " + value.getClass().getName() + ": use text, a number or an enum constant");
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    /**
     * Camel's scheduler takes a {@code delay} that it cannot read as no pause, and a {@code repeatCount} that it cannot read
     * as no limit.
     */
    private static void requireNumber(String option, Object value, @Nullable Object unit) {
        Class<?> type = OF_ENDPOINTS.getOptionType(option, true);
        boolean number = type == long.class || type == int.class;
        if (!number || TYPES.getOptionType(option, true) != null || isReference(value)) {
            return;
        }
        String text = String.valueOf(value);
        if (CAMEL_TIMES.stream().noneMatch(option::equalsIgnoreCase)) {
            if (!isInt(text)) {
                throw new IllegalArgumentException(
                        option + "=" + value + ": use a whole number, at most " + Integer.MAX_VALUE);
            }
        } else if (unit != null && !"MILLISECONDS".equalsIgnoreCase(String.valueOf(unit))) {
            if (!WHOLE.matcher(text).matches()) {
                throw new IllegalArgumentException(option + "=" + value + " with timeUnit=" + unit
                        + ": use a whole number of " + unit + ", or leave timeUnit out");
            }
        } else if (!isLong(option, text)) {
            throw new IllegalArgumentException(
                    option + "=" + value + ": use a number of milliseconds, or a duration such as 30s or 5m");
        }
        if (option.equalsIgnoreCase("delay") && text.matches("-?0*|-.*|(0+[a-z]+)+")) {
            throw new IllegalArgumentException(option + "=" + value + ": use 1 or more; it would poll without a pause");
        }
    }

    private static void requireName(String option, Object value) {
        if (isReference(value)) {
            return;
        }
        String text = String.valueOf(value);
        if (NAMES.stream().anyMatch(option::equalsIgnoreCase)
                && !NAME.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException(option + "=" + value
                    + " is not an API name: use a name such as External_ID__c or Account, or leave the option out");
        }
        if (PLACES.stream().anyMatch(option::equalsIgnoreCase) && text.isBlank()) {
            throw new IllegalArgumentException(
                    option + "=" + value + " is blank: name a place, or leave the option out");
        }
        if (CONDITIONS.stream().anyMatch(option::equalsIgnoreCase) && text.isBlank()) {
            throw new IllegalArgumentException(option + "=" + value
                    + " is not an instant: use a time such as 2026-01-31T12:00:00Z, or leave the option out");
        }
    }

    private static boolean isSimple(Class<?> type) {
        return type.isPrimitive() || type == Boolean.class || type == Integer.class || type == Long.class;
    }

    private static boolean isReference(Object value) {
        return value instanceof String text && (text.startsWith("#") || text.contains("{{"));
    }

    private boolean isTaken(String name, Class<?> type, Object value) {
        // Camel converts invalid numbers to 0 and truncates large ones
        boolean whole = type == int.class || type == Integer.class;
        boolean wide = type == long.class || type == Long.class;
        return (!whole || isInt(value)) && (!wide || isLong(name, value.toString())) && isTaken(name, value);
    }

    private static boolean isLong(String name, String text) {
        return WHOLE.matcher(text).matches()
                || (SIZES.stream().noneMatch(name::equalsIgnoreCase)
                        && DURATION.matcher(text).matches());
    }

    /** Whether a value has a text that is meant: another one's {@code toString} would be taken for the option. */
    private static boolean isText(Object value) {
        return value == null
                || value instanceof CharSequence
                || value instanceof Character
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof TemporalAccessor
                || value instanceof byte[];
    }

    private static boolean isInt(Object value) {
        try {
            return value.toString().equals(String.valueOf(Integer.parseInt(value.toString())));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private boolean isTaken(String name, Object value) {
        try {
            return options.configure(camel, new SfToolkitConfiguration(), name, value, true);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private String allowed(String name, Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number, at most " + Integer.MAX_VALUE;
        }
        return SIZES.stream().noneMatch(name::equalsIgnoreCase)
                ? "a number of milliseconds, or a duration such as 30s or 5m"
                : "a whole number, at most " + Long.MAX_VALUE;
    }
}
