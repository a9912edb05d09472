package org.sftoolkit.camel.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.Answer;
import org.sftoolkit.camel.error.ApiError;
import org.sftoolkit.camel.error.AuthenticationException;
import org.sftoolkit.camel.error.DuplicateException;
import org.sftoolkit.camel.error.LimitExceededException;
import org.sftoolkit.camel.error.MultipleChoicesException;
import org.sftoolkit.camel.error.NotFoundException;
import org.sftoolkit.camel.error.PreconditionFailedException;
import org.sftoolkit.camel.error.RedirectedException;
import org.sftoolkit.camel.error.RequestRejectedException;
import org.sftoolkit.camel.error.ServerException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.error.UnreadableResponseException;

/**
 * Turns every unsuccessful response into a typed exception, and also an HTML page with a success status. It is the
 * only place that does so. It stands next to the wire, so that all filters before it see typed failures. Stateless.
 */
public final class DecodeErrors implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_MODIFIED = 304;
    private static final int PARTIAL = 206;

    @Override
    public Future<Response> apply(Request request, Transport next) {
        return next.send(request).map(response -> {
            SfToolkitException failure = failure(request, response);
            if (failure != null) {
                throw failure; // fails the future
            }
            return response;
        });
    }

    private static @Nullable SfToolkitException failure(Request request, Response response) {
        if (response.status() == PARTIAL && !request.partial()) {
            return new UnreadableResponseException(
                    "the response contains only a part of what was requested",
                    request.repeatable(),
                    new Answer(response.status(), List.of(), request.line()),
                    null);
        }
        if (response.ok()) {
            return unreadable(request, response);
        }
        if (response.status() == NOT_MODIFIED) {
            return request.conditional() ? null : unasked(request, response);
        }
        String body = response.text();
        var answer = new Answer(response.status(), ErrorBody.read(body), request.line());
        return switch (response.status()) {
            case 301, 302, 303, 305, 306, 307, 308 ->
                new RedirectedException(request.path(), response.header("Location"), answer);
            case 300 -> new MultipleChoicesException("several records have this external id", choices(body), answer);
            case 401 -> session(answer);
            case 403 -> forbidden(response, answer);
            case 404 -> new NotFoundException("not found", answer);
            case 412 -> new PreconditionFailedException("a condition of the request is not met", answer);
            case 429 -> new LimitExceededException("too many requests", true, retryAfter(response), answer);
            // 406 without a body and 420 come from Salesforce's edge and pass
            case 406, 420 -> server(request, response, answer);
            default ->
                response.status() < 500 || isRefusalBySoap(body, answer)
                        ? rejected(response, answer)
                        : server(request, response, answer);
        };
    }

    // SOAP reports every refusal as a fault with status 500
    private static boolean isRefusalBySoap(String body, Answer answer) {
        return body.contains(":Fault>") && !answer.has("SERVER_UNAVAILABLE") && !answer.has("UNKNOWN_EXCEPTION");
    }

    private static SfToolkitException unasked(Request request, Response response) {
        return new UnreadableResponseException(
                "the response says that nothing has changed, although the request had no condition",
                request.repeatable(),
                new Answer(response.status(), List.of(), request.line()),
                null);
    }

    private static @Nullable SfToolkitException unreadable(Request request, Response response) {
        String defect = AnswerShape.defect(request, response);
        if (defect == null) {
            return null;
        }
        // of a page an excerpt is shown; what came of broken JSON may be records
        List<ApiError> errors = AnswerShape.isPage(response) ? ErrorBody.read(response.text()) : List.of();
        return new UnreadableResponseException(
                defect, request.repeatable(), new Answer(response.status(), errors, request.line()), null);
    }

    private static SfToolkitException session(Answer answer) {
        // a new token does not help against these two
        boolean hopeless = answer.errors().stream()
                .map(ApiError::message)
                .anyMatch(text ->
                        text.contains("not valid for use with the REST API") || text.contains("not attached to Agent"));
        return hopeless
                ? new AuthenticationException(
                        "Salesforce refuses the session, and a new login would not help", null, answer)
                : new SessionExpiredException("the session expired or is invalid", answer);
    }

    private static SfToolkitException forbidden(Response response, Answer answer) {
        if (answer.has("REQUEST_LIMIT_EXCEEDED")) {
            boolean passing = answer.errors().stream().anyMatch(ApiError::retryable);
            return new LimitExceededException(
                    passing ? "too many requests at a time" : "the org's API calls of the last 24 hours are used up",
                    passing,
                    retryAfter(response),
                    answer);
        }
        boolean token = answer.has("INVALID_SESSION_ID")
                || answer.errors().stream().anyMatch(error -> error.message().endsWith("_OAuth_Token"));
        return token ? session(answer) : rejected(response, answer);
    }

    private static SfToolkitException server(Request request, Response response, Answer answer) {
        return new ServerException(
                "Salesforce could not handle the request", request.repeatable(), retryAfter(response), answer);
    }

    private static SfToolkitException rejected(Response response, Answer answer) {
        if (answer.has("INVALID_SESSION_ID") || answer.has("InvalidSessionId")) {
            return session(answer);
        }
        if (answer.has("REQUEST_LIMIT_EXCEEDED")) {
            return forbidden(response, answer);
        }
        if (answer.has("DUPLICATE_VALUE") || answer.has("DUPLICATES_DETECTED")) {
            return new DuplicateException("the record exists already", answer);
        }
        return new RequestRejectedException("Salesforce rejected the request", answer);
    }

    private static List<String> choices(String body) {
        var choices = new ArrayList<String>();
        try {
            JSON.readTree(body).forEach(one -> {
                if (one.isTextual()) {
                    choices.add(one.asText());
                }
            });
        } catch (JsonProcessingException e) {
            // the status alone says what happened
        }
        return choices;
    }

    /** Seconds, or a date (RFC 9110, section 10.2.3); null if it is absent or unreadable. */
    static @Nullable Duration retryAfter(Response response) {
        String text = response.header("Retry-After");
        if (text == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(text.strip()));
        } catch (NumberFormatException noSeconds) {
            Instant until = date(text);
            Instant now = date(response.header("Date"));
            // by the server's clock, which may differ from this one
            return until == null ? null : Duration.between(now == null ? Instant.now() : now, until);
        }
    }

    private static @Nullable Instant date(@Nullable String text) {
        try {
            return text == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
