package org.sftoolkit.camel.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.redaction.Redaction;

/**
 * The response that caused a failure.
 *
 * @param status HTTP status; 0 if there was no response
 * @param errors Salesforce's errors, decoded; never null
 * @param request method and path of the request, without its query string, which may hold data; null if the failure
 *     belongs to no request
 */
public record Answer(int status, List<ApiError> errors, @Nullable String request) {

    /** No request was sent, or no answer came and the request is not known. */
    public static final Answer NONE = new Answer(0, List.of(), null);

    public Answer {
        errors = errors == null ? List.of() : List.copyOf(errors);
        request = request == null ? null : Redaction.of(request);
    }

    /** No answer came to this request. */
    public static Answer none(@Nullable String request) {
        return new Answer(0, List.of(), request);
    }

    /** Whether one of the errors has this code. */
    public boolean has(String code) {
        return errors.stream().anyMatch(error -> error.code().equals(code));
    }

    String describe(String what) {
        var text = new StringBuilder(what);
        if (!errors.isEmpty()) {
            text.append(": ").append(errors.stream().map(ApiError::toString).collect(Collectors.joining("; ")));
        }
        if (request != null) {
            text.append(" (").append(request);
            if (status > 0) {
                text.append(" answered ").append(status);
            }
            text.append(')');
        }
        return text.toString();
    }
}
