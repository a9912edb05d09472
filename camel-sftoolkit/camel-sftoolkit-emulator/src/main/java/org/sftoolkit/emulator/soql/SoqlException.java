package org.sftoolkit.emulator.soql;

/**
 * A statement that Salesforce, or this emulator, refuses. Carries what the REST error body needs; the HTTP status is 400
 * (REST API Developer Guide: Status Codes and Error Responses).
 */
public final class SoqlException extends RuntimeException {
    private static final int EXCERPT_BEFORE = 60;
    private static final int EXCERPT_AFTER = 40;

    private final String errorCode;
    private final int position;

    public SoqlException(String errorCode, String message) {
        this(errorCode, message, -1);
    }

    private SoqlException(String errorCode, String message, int position) {
        super(message, null, false, false);
        this.errorCode = errorCode;
        this.position = position;
    }

    /** Where in the statement it is wrong, counted from 0; -1 if no place is to blame. */
    public int position() {
        return position;
    }

    /** The {@code errorCode} of the error body, such as {@code MALFORMED_QUERY}. */
    public String errorCode() {
        return errorCode;
    }

    static SoqlException malformedSearch(String message) {
        return new SoqlException("MALFORMED_SEARCH", message);
    }

    static SoqlException malformed(String message) {
        return new SoqlException("MALFORMED_QUERY", message);
    }

    /** A construct that the real service knows and this emulator does not: always refused, always by its name. */
    static SoqlException unsupported(String construct) {
        return malformed("The emulator does not support " + construct);
    }

    /** Puts the excerpt, the caret and the "ERROR at Row:Column" line before the message, as the real service does. */
    static SoqlException at(String statement, int position, String errorCode, String message) {
        int lineStart = statement.lastIndexOf('\n', Math.max(position - 1, -1)) + 1;
        int lineEnd = statement.indexOf('\n', position);
        int row = 1
                + (int) statement
                        .substring(0, lineStart)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        int from = Math.max(lineStart, position - EXCERPT_BEFORE);
        int to = Math.min(lineEnd < 0 ? statement.length() : lineEnd, position + EXCERPT_AFTER);
        return new SoqlException(
                errorCode,
                "\n" + statement.substring(from, Math.max(to, from)) + "\n" + " ".repeat(position - from)
                        + "^\nERROR at Row:" + row + ":Column:" + (position - lineStart + 1) + "\n" + message,
                position);
    }

    /** With a message that has its own words for the place. */
    static SoqlException malformedIn(int position, String message) {
        return new SoqlException("MALFORMED_QUERY", message, position);
    }

    static SoqlException malformedAt(String statement, int position, String message) {
        return at(statement, position, "MALFORMED_QUERY", message);
    }
}
