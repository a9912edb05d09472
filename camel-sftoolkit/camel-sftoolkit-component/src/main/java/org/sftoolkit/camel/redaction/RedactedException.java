package org.sftoolkit.camel.redaction;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/** Stands for a foreign failure whose text held a secret; an {@link IOException}, as most failures of a network are. */
public final class RedactedException extends IOException {

    private static final long serialVersionUID = 1L;

    private RedactedException(String message) {
        super(message);
    }

    static RedactedException of(Throwable failure) {
        return of(failure, new IdentityHashMap<>());
    }

    private static RedactedException of(Throwable failure, Map<Throwable, RedactedException> copies) {
        RedactedException known = copies.get(failure);
        if (known != null) {
            return known;
        }
        String type = failure.getClass().getName();
        var copy = new RedactedException(
                failure.getMessage() == null ? type : type + ": " + Redaction.of(failure.getMessage()));
        copies.put(failure, copy);
        copy.setStackTrace(failure.getStackTrace());
        if (failure.getCause() != null && !copies.containsKey(failure.getCause())) {
            copy.initCause(of(failure.getCause(), copies));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!copies.containsKey(suppressed)) {
                copy.addSuppressed(of(suppressed, copies));
            }
        }
        return copy;
    }

    /** The type and the message of the failure that it stands for. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return Objects.requireNonNull(getMessage());
    }
}
