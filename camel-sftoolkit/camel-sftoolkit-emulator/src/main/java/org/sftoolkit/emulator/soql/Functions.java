package org.sftoolkit.emulator.soql;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sftoolkit.emulator.org.FieldType;

/**
 * The functions of one value (SOQL and SOSL Reference: Date Functions; Translating Results; FORMAT). Date functions read a
 * dateTime in UTC unless it is wrapped in convertTimezone. The fiscal year is the calendar year.
 */
final class Functions {
    private static final Set<String> DATE_FUNCTIONS = Set.of(
            "CALENDAR_MONTH",
            "CALENDAR_QUARTER",
            "CALENDAR_YEAR",
            "DAY_IN_MONTH",
            "DAY_IN_WEEK",
            "DAY_IN_YEAR",
            "DAY_ONLY",
            "FISCAL_MONTH",
            "FISCAL_QUARTER",
            "FISCAL_YEAR",
            "HOUR_IN_DAY",
            "WEEK_IN_MONTH",
            "WEEK_IN_YEAR");
    private static final Set<String> DATE_TIME_ONLY = Set.of("DAY_ONLY", "HOUR_IN_DAY");
    private static final Set<String> REFUSED = Set.of("DISTANCE", "GEOLOCATION");
    /** They have a place of their own in a grouped query, and elsewhere no meaning. */
    private static final Set<String> GROUPING = Set.of("ROLLUP", "CUBE", "GROUPING");

    private final String statement;
    private final QueryContext context;

    Functions(String statement, QueryContext context) {
        this.statement = statement;
        this.context = context;
    }

    static boolean isDateFunction(Expression.Call call) {
        return DATE_FUNCTIONS.contains(call.name());
    }

    /** Whether the function only changes how a field looks, so that its value keeps the field's name. */
    static boolean isPresentation(Expression.Call call) {
        return call.name().equals("FORMAT") || call.name().equals("TOLABEL") || isConversion(call);
    }

    /** Whether the function gives an amount in the user's currency. This org has one, so that the amount stays. */
    static boolean isConversion(Expression.Call call) {
        return call.name().equals("CONVERTCURRENCY");
    }

    /** The one argument of a function. */
    Expression argument(Expression.Call call) {
        if (REFUSED.contains(call.name())) {
            throw SoqlException.unsupported(call.function());
        }
        if (GROUPING.contains(call.name())) {
            throw SoqlException.malformedAt(
                    statement,
                    call.position(),
                    call.name() + " is only allowed in a query with GROUP BY ROLLUP or CUBE");
        }
        if (call.arguments().size() != 1 || call.arguments().get(0) instanceof Expression.Constant) {
            throw SoqlException.malformedAt(
                    statement, call.position(), "Invalid arguments of function " + call.function());
        }
        return call.arguments().get(0);
    }

    /** The function over its resolved argument. */
    <T> Column<T> apply(Expression.Call call, Column<T> argument) {
        if (isDateFunction(call)) {
            return dateFunction(call, argument);
        }
        return switch (call.name()) {
            case "TOLABEL" -> label(call, argument);
            case "FORMAT" ->
                argument.mapped(FieldType.STRING, value -> LocaleFormat.format(argument.type(), value, context.zone()));
            case "CONVERTCURRENCY" -> currency(call, argument);
            // Only inside a date function, which asks for it below.
            case "CONVERTTIMEZONE" ->
                throw SoqlException.malformedAt(
                        statement, call.position(), "convertTimezone can only be used in a date function");
            default ->
                throw SoqlException.malformedAt(statement, call.position(), "Unknown function: " + call.function());
        };
    }

    /** The time zone that a date function works in, by its argument. */
    private ZoneId zone(Expression.Call call) {
        return call.arguments().get(0) instanceof Expression.Call inner
                        && inner.name().equals("CONVERTTIMEZONE")
                ? context.zone()
                : ZoneOffset.UTC;
    }

    private <T> Column<T> dateFunction(Expression.Call call, Column<T> argument) {
        ValueKind kind = argument.kind();
        boolean fits = kind == ValueKind.DATETIME || kind == ValueKind.DATE && !DATE_TIME_ONLY.contains(call.name());
        if (!fits) {
            throw SoqlException.malformedAt(
                    statement,
                    call.position(),
                    "field " + argument.name() + " does not support the function " + call.name());
        }
        ZoneId zone = zone(call);
        FieldType type = call.name().equals("DAY_ONLY") ? FieldType.DATE : FieldType.INT;
        return argument.mapped(type, value -> {
            LocalDateTime moment = value instanceof Instant instant
                    ? LocalDateTime.ofInstant(instant, zone)
                    : ((LocalDate) value).atStartOfDay();
            return type == FieldType.DATE ? moment.toLocalDate() : BigDecimal.valueOf(number(call.name(), moment));
        });
    }

    private static int number(String function, LocalDateTime moment) {
        return switch (function) {
            case "CALENDAR_MONTH", "FISCAL_MONTH" -> moment.getMonthValue();
            case "CALENDAR_QUARTER", "FISCAL_QUARTER" -> (moment.getMonthValue() + 2) / 3;
            case "CALENDAR_YEAR", "FISCAL_YEAR" -> moment.getYear();
            case "DAY_IN_MONTH" -> moment.getDayOfMonth();
            case "DAY_IN_WEEK" ->
                moment.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? 1
                        : moment.getDayOfWeek().getValue() + 1;
            case "DAY_IN_YEAR" -> moment.getDayOfYear();
            case "HOUR_IN_DAY" -> moment.getHour();
            case "WEEK_IN_MONTH" -> (moment.getDayOfMonth() - 1) / 7 + 1;
            case "WEEK_IN_YEAR" -> (moment.getDayOfYear() - 1) / 7 + 1;
            default -> throw new IllegalArgumentException(function);
        };
    }

    private <T> Column<T> currency(Expression.Call call, Column<T> argument) {
        if (argument.type() != FieldType.CURRENCY) {
            throw SoqlException.malformedAt(
                    statement,
                    call.position(),
                    "convertCurrency is supported for currency fields only: " + argument.name());
        }
        return argument;
    }

    private <T> Column<T> label(Expression.Call call, Column<T> argument) {
        boolean picklist = argument.type() == FieldType.PICKLIST || argument.type() == FieldType.MULTIPICKLIST;
        if (!picklist || argument.field() == null) {
            throw SoqlException.malformedAt(
                    statement, call.position(), "toLabel is supported for picklist fields only: " + argument.name());
        }
        Map<String, String> labels = new HashMap<>();
        for (JsonNode value : argument.field().describe().path("picklistValues")) {
            String plain = value.path("value").asText();
            labels.put(plain, value.path("label").asText(plain));
        }
        return argument.mapped(argument.type(), value -> {
            StringBuilder all = new StringBuilder();
            for (String part : ((String) value).split(";")) {
                all.append(all.isEmpty() ? "" : ";").append(labels.getOrDefault(part, part));
            }
            return all.toString();
        });
    }

    /** FORMAT() for the locale en_US and the currency USD, those of the emulated org. */
    private static final class LocaleFormat {
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
}
