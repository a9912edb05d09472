package org.sftoolkit.emulator.org;

import java.util.Locale;

/** The field types of a describe result (SOAP API Developer Guide: "Field Types"). */
public enum FieldType {
    STRING,
    PICKLIST,
    MULTIPICKLIST,
    COMBOBOX,
    REFERENCE,
    BASE64,
    BOOLEAN,
    CURRENCY,
    TEXTAREA,
    INT,
    LONG,
    DOUBLE,
    PERCENT,
    PHONE,
    ID,
    DATE,
    DATETIME,
    TIME,
    URL,
    EMAIL,
    ENCRYPTEDSTRING,
    DATACATEGORYGROUPREFERENCE,
    LOCATION,
    ADDRESS,
    ANYTYPE,
    COMPLEXVALUE,
    JSON;

    /** The type that a describe result calls {@code name}; unknown ones behave as {@link #ANYTYPE}. */
    static FieldType named(String name) {
        for (FieldType type : values()) {
            if (type.wireName().equalsIgnoreCase(name)) {
                return type;
            }
        }
        return ANYTYPE;
    }

    /** The name in describe results and in messages, such as {@code datetime}. */
    public String wireName() {
        return this == ANYTYPE ? "anyType" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether values are numbers, held as {@link java.math.BigDecimal}. */
    public boolean isNumeric() {
        return switch (this) {
            case CURRENCY, INT, LONG, DOUBLE, PERCENT -> true;
            default -> false;
        };
    }

    /** Whether values are text, held as {@link String}; ids and references are not counted here. */
    public boolean isText() {
        return switch (this) {
            case STRING, PICKLIST, MULTIPICKLIST, COMBOBOX, TEXTAREA, PHONE, URL, EMAIL, ENCRYPTEDSTRING -> true;
            case DATACATEGORYGROUPREFERENCE, ANYTYPE, COMPLEXVALUE, JSON -> true;
            default -> false;
        };
    }

    /** Whether values are record ids, held as {@link String} of 18 characters. */
    public boolean isId() {
        return this == ID || this == REFERENCE;
    }

    /** Whether the value is put together from other fields and never stored by itself. */
    public boolean isCompound() {
        return this == ADDRESS || this == LOCATION;
    }
}
