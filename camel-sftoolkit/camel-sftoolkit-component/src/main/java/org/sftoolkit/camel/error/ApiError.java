package org.sftoolkit.camel.error;

import java.util.List;
import org.sftoolkit.camel.model.DuplicateMatch;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * One error as Salesforce reports it, for a whole request ({@code errorCode}) or for one record ({@code statusCode}).
 *
 * @param code Salesforce's upper-case code, such as {@code REQUIRED_FIELD_MISSING}; never null, {@code "UNKNOWN"} if
 *     the response had no code
 * @param message Salesforce's text; never null, may be empty
 * @param fields names of the fields it concerns; never null, often empty
 * @param duplicates what duplicate rules found ({@code DUPLICATES_DETECTED}); never null, empty if Salesforce named
 *     nothing
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm">REST API
 *     Developer Guide: Status Codes and Error Responses</a>
 */
public record ApiError(String code, String message, List<String> fields, List<DuplicateMatch> duplicates) {

    static final String NO_CODE = "UNKNOWN";

    /** An error that no duplicate rule has caused. */
    public ApiError(String code, String message, List<String> fields) {
        this(code, message, fields, List.of());
    }

    public ApiError {
        code = code == null || code.isBlank() ? NO_CODE : Redaction.of(code);
        message = message == null ? "" : Redaction.of(message);
        fields = fields == null ? List.of() : fields.stream().map(Redaction::of).toList();
        duplicates = List.copyOf(duplicates);
    }

    /** Whether the same request may well succeed when it is sent again a little later: row locks and passing time-outs. */
    public boolean retryable() {
        return switch (code) {
            case "UNABLE_TO_LOCK_ROW",
                    "QUERY_TIMEOUT",
                    "SERVER_UNAVAILABLE",
                    "REQUEST_RUNNING_TOO_LONG",
                    "TXN_SECURITY_METERING_ERROR" -> true;
            // a trigger or flow reports the lock that it met in its text only
            case "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" -> message.contains("UNABLE_TO_LOCK_ROW");
            case "REQUEST_LIMIT_EXCEEDED" -> message.startsWith("Concurrent");
            default -> false;
        };
    }

    /** The same error as the result of one record carries it. */
    public SaveError toSaveError() {
        return new SaveError(code, message, fields, retryable(), duplicates);
    }

    /**
     * Code, message and fields, each only once, because Salesforce's message often contains code or fields already.
     */
    @Override
    public String toString() {
        boolean coded = code.equals(NO_CODE) || message.startsWith(code + ':') || message.equals(code);
        boolean named = fields.stream().allMatch(message::contains);
        String text = (coded ? "" : code + (message.isEmpty() ? "" : ": ")) + message + (named ? "" : " " + fields);
        return text.isEmpty() ? "an error without code or message" : text;
    }
}
