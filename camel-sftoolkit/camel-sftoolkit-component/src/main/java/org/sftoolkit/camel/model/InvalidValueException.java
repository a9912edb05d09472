package org.sftoolkit.camel.model;

/** A field's value that Salesforce has no form for. It concerns its record only. */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String field;

    /**
     * A value that cannot be written.
     *
     * @param field  that holds it
     * @param reason names the value's class, and the cure
     */
    public InvalidValueException(String field, String reason) {
        this("INVALID_VALUE", field, reason);
    }

    /** @param code as Salesforce would name the refusal */
    public InvalidValueException(String code, String field, String reason) {
        super(field + ": " + reason);
        this.code = code;
        this.field = field;
    }

    /** The error of its record. */
    public SaveError error() {
        return new SaveError(code, String.valueOf(getMessage()), java.util.List.of(field), false);
    }
}
