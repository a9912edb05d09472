package org.sftoolkit.camel.bulk;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.client.FieldDescription;
import org.sftoolkit.camel.client.ObjectDescription;
import org.sftoolkit.camel.model.WireText;

/**
 * Makes values of the text in query results, in the types that the data API gives: by the description of the object; columns of
 * parents by the form of their text alone. Immutable.
 */
final class CellTypes {

    /** Everything stays text. */
    static final CellTypes TEXT = new CellTypes(null);

    private static final int DATE_TIME_LENGTH = "2026-01-02T03:04:05.000Z".length();

    private final @Nullable ObjectDescription object;

    /** @param object null if all values stay text */
    CellTypes(@Nullable ObjectDescription object) {
        this.object = object;
    }

    /** How the text of each column is converted; not called for empty text. */
    List<Function<String, Object>> of(List<String> columns) {
        return columns.stream().map(this::reader).toList();
    }

    private Function<String, Object> reader(String column) {
        if (object == null) {
            return text -> text;
        }
        return switch (object.field(column).map(FieldDescription::type).orElse("")) {
            case "boolean" -> Boolean::valueOf;
            case "int", "long" -> CellTypes::integer;
            case "double", "currency", "percent" -> CellTypes::decimal;
            case "", "date", "datetime", "time" -> CellTypes::time;
            default -> text -> text;
        };
    }

    private static Object integer(String text) {
        try {
            long number = Long.parseLong(text);
            return number == (int) number ? (Object) (int) number : (Object) number;
        } catch (NumberFormatException e) {
            return decimal(text);
        }
    }

    /** A double if it is exactly the value of the text, else a {@code BigDecimal}; text if it is not a number. */
    private static Object decimal(String text) {
        try {
            double near = Double.parseDouble(text);
            var exact = new BigDecimal(text);
            return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0 ? (Object) near : exact;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** In CSV the offset of times is a Z, in JSON it is +0000. */
    private static Object time(String text) {
        return WireText.revive(
                text.length() == DATE_TIME_LENGTH && text.endsWith("Z")
                        ? text.substring(0, DATE_TIME_LENGTH - 1) + "+0000"
                        : text);
    }
}
