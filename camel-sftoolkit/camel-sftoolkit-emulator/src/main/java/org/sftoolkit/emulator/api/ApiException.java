package org.sftoolkit.emulator.api;

import java.util.List;

/** A call is refused as a whole. Carries no stack trace: it is an answer, not a fault. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorCode;
    private final transient List<String> fields;

    /**
     * @param status the HTTP status
     * @param errorCode Salesforce's code, such as {@code NOT_FOUND}
     */
    public ApiException(int status, String errorCode, String message) {
        this(status, errorCode, message, null);
    }

    /** @param fields the fields it concerns, or null if the response must not have this key */
    public ApiException(int status, String errorCode, String message, List<String> fields) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
        this.fields = fields;
    }

    static ApiException notFound() {
        return new ApiException(404, "NOT_FOUND", "The requested resource does not exist");
    }

    public int status() {
        return status;
    }

    public String errorCode() {
        return errorCode;
    }

    /** The fields it concerns, or null. */
    public List<String> fields() {
        return fields;
    }
}
