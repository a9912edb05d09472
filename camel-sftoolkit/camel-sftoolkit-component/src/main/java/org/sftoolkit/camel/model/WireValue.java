package org.sftoolkit.camel.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The one table of the values that are written: JSON, CSV and SOQL differ in their forms, not in what they take.
 *
 * <p>It is a closed list. A value of any other class is refused, since its {@code toString} would pass for data.
 */
public final class WireValue {

    private static final int DEEPEST = 8;

    private WireValue() {}

    /**
     * A value by its content: null, text, a {@code Boolean}, a {@code Number} of the JDK, a date, time or instant
     * ({@code LocalDate}, {@code LocalTime}, {@code OffsetDateTime}), bytes, a {@code Map}, or a {@code Collection}.
     *
     * @throws IllegalArgumentException for what is not written, naming its class
     */
    public static @Nullable Object of(@Nullable Object value) {
        return of(value, true, 0);
    }

    /**
     * As {@link #of}, for a value that is only compared with what is stored: its text may hold any characters.
     *
     * @throws IllegalArgumentException for what is not written, naming its class
     */
    public static @Nullable Object compared(@Nullable Object value) {
        return of(value, false, 0);
    }

    private static @Nullable Object of(@Nullable Object value, boolean stored, int depth) {
        if (value instanceof String text) {
            return stored ? text(text) : text;
        }
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof OffsetDateTime || value instanceof LocalDate || value instanceof byte[]) {
            return value;
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return of(value.toString(), stored, depth);
        }
        if (value instanceof Map || value instanceof Collection) {
            return value;
        }
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("the value contains itself, or is nested too deeply");
        }
        Object content = content(value);
        return content == NOT_HELD ? other(value, stored, depth) : of(content, stored, depth + 1);
    }

    private static final Object NOT_HELD = new Object();

    /** The value within a container such as Optional; else {@link #NOT_HELD}. */
    private static @Nullable Object content(Object value) {
        if (value instanceof JsonNode json) {
            return json(json);
        }
        if (value instanceof Optional<?> some) {
            return some.orElse(null);
        }
        if (value instanceof OptionalInt some) {
            return some.isPresent() ? some.getAsInt() : null;
        }
        if (value instanceof OptionalLong some) {
            return some.isPresent() ? some.getAsLong() : null;
        }
        if (value instanceof OptionalDouble some) {
            return some.isPresent() ? some.getAsDouble() : null;
        }
        if (value instanceof AtomicReference<?> some) {
            return some.get();
        }
        if (value instanceof AtomicBoolean flag) {
            return flag.get();
        }
        if (value instanceof Clob clob) {
            return text(clob);
        }
        return value instanceof Blob blob ? bytes(blob) : NOT_HELD;
    }

    private static @Nullable Object json(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> json.textValue();
            case NUMBER -> json.numberValue();
            case BOOLEAN -> json.booleanValue();
            case NULL, MISSING -> null;
            case POJO -> ((POJONode) json).getPojo();
            case ARRAY -> {
                List<Object> elements = new ArrayList<>(json.size());
                json.forEach(elements::add);
                yield elements;
            }
            case OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                json.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
                yield members;
            }
            case BINARY -> binary(json);
        };
    }

    private static byte[] binary(JsonNode json) {
        try {
            return json.binaryValue();
        } catch (IOException e) {
            throw new IllegalArgumentException("the bytes in the JSON cannot be read", e);
        }
    }

    private static String text(Clob clob) {
        try {
            return clob.getSubString(1, Math.toIntExact(clob.length()));
        } catch (SQLException | ArithmeticException e) {
            throw new IllegalArgumentException("the Clob cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Blob blob) {
        try {
            return blob.getBytes(1, Math.toIntExact(blob.length()));
        } catch (SQLException | ArithmeticException e) {
            throw new IllegalArgumentException("the Blob cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object other(Object value, boolean stored, int depth) {
        if (value instanceof UUID || value instanceof URI || value instanceof URL) {
            return of(value.toString(), stored, depth);
        }
        if (value instanceof char[] characters) {
            return of(new String(characters), stored, depth);
        }
        if (value instanceof Object[] many) {
            return Arrays.asList(many);
        }
        Object time;
        try {
            time = WireTime.of(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Salesforce cannot store this time: " + e.getMessage(), e);
        }
        if (time != null) {
            return time;
        }
        if (value instanceof Enum<?> || BeanFields.isBean(value)) {
            return of(BeanFields.of(value), stored, depth + 1);
        }
        throw refused(value);
    }

    private static Number number(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return number;
        }
        if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw new IllegalArgumentException("Salesforce cannot store the number " + number + " ("
                        + number.getClass().getName() + ')');
            }
            return number;
        }
        if (number instanceof BigDecimal exact) {
            PlainNumber.of(exact);
            return exact;
        }
        if (number instanceof BigInteger exact) {
            return number(new BigDecimal(exact));
        }
        if (number instanceof AtomicInteger || number instanceof AtomicLong || number instanceof LongAdder) {
            return number.longValue();
        }
        if (number instanceof DoubleAdder) {
            return number(number.doubleValue());
        }
        throw refused(number);
    }

    /** Text that Salesforce can hold; throws {@code IllegalArgumentException} for any other. */
    public static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(
                        "the text has a NUL character at " + i + ", which Salesforce does not store: remove it");
            }
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    throw new IllegalArgumentException("the text has an incomplete character (a lone surrogate) at " + i
                            + ": it was cut there, or read with the wrong charset");
                }
                i++;
            }
        }
        return text;
    }

    /**
     * The texts of a multi-picklist joined as Salesforce writes them, {@code A;B}; null, which clears it, if it is
     * empty.
     *
     * @throws IllegalArgumentException for an element that is not a plain value
     */
    public static @Nullable String multiPicklist(Collection<?> values) {
        var joined = new StringBuilder();
        boolean any = false;
        for (Object value : values) {
            Object plain = of(value);
            if (plain instanceof Map || plain instanceof Collection || plain instanceof byte[]) {
                throw new IllegalArgumentException("a list is written as the values of a multi-picklist, and "
                        + value.getClass().getName()
                        + " is not one of them: save child records separately, or as a tree with composite");
            }
            if (plain != null) {
                joined.append(any ? ";" : "").append(WireText.of(plain));
                any = true;
            }
        }
        return any ? joined.toString() : null;
    }

    private static IllegalArgumentException refused(Object value) {
        String name = value.getClass().getTypeName();
        return new IllegalArgumentException(
                value instanceof InputStream || value instanceof java.io.Reader
                        ? "a value of " + name
                                + " can be read only once, so a retry could not send it: use text or bytes,"
                                + " or upload for files"
                        : "a value of " + name
                                + " cannot be sent: use text, a number, a boolean, a java.time or java.util date, an"
                                + " enum, bytes, or a list of picklist values");
    }
}
