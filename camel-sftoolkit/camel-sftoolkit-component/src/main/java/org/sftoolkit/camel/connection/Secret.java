package org.sftoolkit.camel.connection;

import org.sftoolkit.camel.redaction.Redaction;

/** A text that shows in no log, exception or {@code toString}. */
record Secret(String value) {

    /** Null stays null. */
    static Secret of(String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        Redaction.learn(value);
        return new Secret(value);
    }

    /** The text, or null. */
    static String reveal(Secret secret) {
        return secret == null ? null : secret.value;
    }

    @Override
    public String toString() {
        return "xxxxxx";
    }
}
