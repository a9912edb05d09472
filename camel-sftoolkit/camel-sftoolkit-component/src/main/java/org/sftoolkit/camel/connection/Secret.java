package org.sftoolkit.camel.connection;

import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/** A text that shows in no log, exception or {@code toString}. */
record Secret(String value) {

    /** Null stays null. */
    static @Nullable Secret of(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        Redaction.learn(value);
        return new Secret(value);
    }

    /** The text, or null. */
    static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : secret.value;
    }

    @Override
    public String toString() {
        return "xxxxxx";
    }
}
