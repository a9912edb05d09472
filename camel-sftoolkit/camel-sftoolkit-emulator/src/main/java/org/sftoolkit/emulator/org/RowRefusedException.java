package org.sftoolkit.emulator.org;

import java.util.List;

/** A row could not be written; nothing of it was. Carries no stack trace: it is an answer, not a fault. */
public final class RowRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SaveError error;
    private final transient List<String> matches;
    private final transient DuplicateRule.Duplicates duplicates;

    public RowRefusedException(SaveError error) {
        this(error, List.of());
    }

    /** @param matches ids of the rows that one external id stands for, when that is the reason */
    RowRefusedException(SaveError error, List<String> matches) {
        this(error, matches, null);
    }

    /** @param duplicates what a duplicate rule found */
    RowRefusedException(SaveError error, DuplicateRule.Duplicates duplicates) {
        this(error, List.of(), duplicates);
    }

    private RowRefusedException(SaveError error, List<String> matches, DuplicateRule.Duplicates duplicates) {
        super(error.statusCode() + ": " + error.message(), null, false, false);
        this.error = error;
        this.matches = matches;
        this.duplicates = duplicates;
    }

    static RowRefusedException of(String statusCode, String message, String... fields) {
        return new RowRefusedException(new SaveError(statusCode, message, fields));
    }

    public SaveError error() {
        return error;
    }

    /** What a duplicate rule found; null if that is not the reason. */
    public DuplicateRule.Duplicates duplicates() {
        return duplicates;
    }

    /** Ids of the several rows with the same external id, or nothing. */
    public List<String> matches() {
        return matches;
    }
}
