package org.sftoolkit.camel;

/** A text that shows in no log, exception or {@code toString}. */
record Secret(String value) {

    /** Null stays null. */
    static Secret of(String value) {
        return value == null || value.isEmpty() ? null : new Secret(value);
    }

    /** The text, null for none. */
    static String reveal(Secret secret) {
        return secret == null ? null : secret.value;
    }

    @Override
    public String toString() {
        return "xxxxxx";
    }
}
