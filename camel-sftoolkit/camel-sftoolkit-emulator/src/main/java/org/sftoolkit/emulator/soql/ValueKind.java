package org.sftoolkit.emulator.soql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.sftoolkit.emulator.org.FieldType;

/** The families of field types that compare alike. */
enum ValueKind {
    TEXT("string"),
    MULTIPICKLIST("string"),
    ID("id"),
    NUMBER("double"),
    BOOLEAN("boolean"),
    DATE("date"),
    DATETIME("dateTime"),
    TIME("time"),
    /** Blobs and compound values: they can be read, never compared. */
    OPAQUE("anyType");

    private final String typeWord;

    ValueKind(String typeWord) {
        this.typeWord = typeWord;
    }

    static ValueKind of(FieldType type) {
        return switch (type) {
            case MULTIPICKLIST -> MULTIPICKLIST;
            case ID, REFERENCE -> ID;
            case INT, LONG, DOUBLE, CURRENCY, PERCENT -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case DATETIME -> DATETIME;
            case TIME -> TIME;
            case BASE64, ADDRESS, LOCATION, COMPLEXVALUE, JSON -> OPAQUE;
            default -> TEXT;
        };
    }

    /** The word for the type in "must be of type". */
    String typeWord(FieldType type) {
        return type == FieldType.INT ? "int" : typeWord;
    }

    boolean isQuoted() {
        return this == TEXT || this == MULTIPICKLIST || this == ID;
    }

    /** A form of the value that is equal to that of every value which SOQL calls equal; null stays null. */
    Object key(Object value, boolean caseSensitive) {
        if (value instanceof String text) {
            // Salesforce stores no empty text; a comparison with '' finds the empty fields. Not documented; assumed.
            return text.isEmpty() ? null : this == ID || caseSensitive ? text : text.toLowerCase(Locale.ROOT);
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        if (value instanceof Instant instant) {
            // Comparison ignores milliseconds: time stamps have a precision of one second.
            @SuppressWarnings("JavaInstantGetSecondsGetNano") // only whether there is a part of a second
            boolean whole = instant.getNano() == 0;
            return whole ? instant : instant.truncatedTo(ChronoUnit.SECONDS);
        }
        return value;
    }
}
