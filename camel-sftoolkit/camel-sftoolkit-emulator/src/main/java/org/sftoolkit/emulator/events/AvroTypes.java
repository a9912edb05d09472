package org.sftoolkit.emulator.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.avro.Schema;
import org.sftoolkit.emulator.org.FieldSchema;
import org.sftoolkit.emulator.org.FieldType;

/**
 * How values of fields stand in events (Pub/Sub API Guide: "Event Deserialization Considerations"). That days and times of day
 * are milliseconds is not documented; assumed.
 */
final class AvroTypes {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private AvroTypes() {}

    /** The type of a field's values. */
    static Schema.Type of(FieldType type) {
        return switch (type) {
            case BOOLEAN -> Schema.Type.BOOLEAN;
            case INT -> Schema.Type.INT;
            case LONG, DATE, DATETIME, TIME -> Schema.Type.LONG;
            case CURRENCY, DOUBLE, PERCENT -> Schema.Type.DOUBLE;
            default -> Schema.Type.STRING;
        };
    }

    /** What a schema says about a field: {@code Data:<Type>:<id of the field>}, the id only if the field is custom. */
    static String doc(FieldSchema field) {
        String id = field.custom() || field.name().endsWith("__c")
                ? ":00N" + "%012X".formatted(Integer.toUnsignedLong(field.name().hashCode()))
                : "";
        return "Data:" + name(field.type()) + id;
    }

    private static String name(FieldType type) {
        return switch (type) {
            case PICKLIST -> "DynamicEnum";
            case MULTIPICKLIST -> "MultiEnum";
            case ID, REFERENCE -> "EntityId";
            case BOOLEAN -> "Boolean";
            case CURRENCY -> "Currency";
            case INT -> "Integer";
            case LONG -> "Long";
            case DOUBLE -> "Double";
            case PERCENT -> "Percent";
            case PHONE -> "Phone";
            case URL -> "Url";
            case EMAIL -> "Email";
            case DATE -> "DateOnly";
            case DATETIME -> "DateTime";
            case TIME -> "TimeOnly";
            case ADDRESS -> "Address";
            case LOCATION -> "Geolocation";
            default -> "Text";
        };
    }

    /** A row's value as Avro wants it; null stays null. */
    static Object value(FieldType type, Object value) {
        if (value instanceof BigDecimal number) {
            return switch (of(type)) {
                case INT -> (Object) number.intValue();
                case LONG -> number.longValue();
                default -> number.doubleValue();
            };
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / NANOS_PER_MILLI;
        }
        return value == null || value instanceof Boolean ? value : value.toString();
    }
}
