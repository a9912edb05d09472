package org.sftoolkit.emulator.fault;

/** What the faults that answer by themselves look like on the wire. */
public final class FaultyAnswer {

    private FaultyAnswer() {}

    /** Salesforce's error code for a status. */
    public static String errorCode(int status) {
        return switch (status) {
            case 400 -> "BAD_REQUEST";
            case 401 -> "INVALID_SESSION_ID";
            case 403 -> "FORBIDDEN";
            case 404 -> "NOT_FOUND";
            case 409 -> "CONFLICT";
            case 429 -> "REQUEST_LIMIT_EXCEEDED";
            case 503 -> "SERVER_UNAVAILABLE";
            default -> "UNKNOWN_EXCEPTION";
        };
    }

    /** Salesforce's text for a status. */
    public static String message(int status) {
        return switch (status) {
            case 401 -> "Session expired or invalid";
            case 404 -> "The requested resource does not exist";
            case 503 -> "Server too busy";
            default ->
                "An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345";
        };
    }

    /** Text of {@code REQUEST_LIMIT_EXCEEDED}. */
    public static String message(Fault.Limit limit) {
        return switch (limit) {
            case DAILY -> "TotalRequests Limit exceeded.";
            case CONCURRENT -> "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
        };
    }

    /** A page as servers in front of Salesforce send it. */
    public static String html(int status) {
        return "<html><head><title>Salesforce - " + status + "</title></head><body><h1>"
                + (status == 420 ? "We are setting things up" : "We are down for maintenance.")
                + "</h1><p>Sorry for the inconvenience. We will be back shortly.</p></body></html>";
    }

    /** An answer that shows a request, in a form that fits the type. */
    public static String quoting(String contentType, String request) {
        if (contentType.startsWith("text/html")) {
            return "<html><head><title>Bad gateway</title></head><body><p>The request was:</p><pre>"
                    + request.replace("&", "&amp;").replace("<", "&lt;") + "</pre></body></html>";
        }
        if (!contentType.contains("json")) {
            return "The request was:\n" + request;
        }
        String escaped = request.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        return "[{\"message\":\"The request was: " + escaped + "\",\"errorCode\":\"UNKNOWN_EXCEPTION\"}]";
    }
}
