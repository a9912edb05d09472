package org.sftoolkit.emulator.org;

import java.util.List;

/** A row could not be written; nothing of it was. Carries no stack trace: it is an answer, not a fault. */
public final class RowRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SaveError error;
    private final transient List<String> matches;

    public RowRefusedException(SaveError error) {
        this(error, List.of());
    }

    /** @param matches ids of the rows that one external id stands for, when that is the reason */
    RowRefusedException(SaveError error, List<String> matches) {
        super(error.statusCode() + ": " + error.message(), null, false, false);
        this.error = error;
        this.matches = matches;
    }

    static RowRefusedException of(String statusCode, String message, String... fields) {
        return new RowRefusedException(new SaveError(statusCode, message, fields));
    }

    public SaveError error() {
        return error;
    }

    /** Ids of the several rows with the same external id, or nothing. */
    public List<String> matches() {
        return matches;
    }
}
