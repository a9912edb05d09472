package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.sftoolkit.emulator.org.Org;

/** Runs the requests of a composite request or a graph one after another, each with the answers of those before it. */
final class SubRequests {

    static final String HALTED = "PROCESSING_HALTED";
    private static final String CALL_OPTIONS = "sforce-call-options";
    private static final int NOT_MODIFIED = 304;
    private static final String ROLLED_BACK =
            "The transaction was rolled back since another operation in the same transaction failed.";

    private final Org org;
    private final Dispatcher within;

    /** @param within knows the resources that may stand in a composite request */
    SubRequests(Org org, Dispatcher within) {
        this.org = org;
        this.within = within;
    }

    /** What became of one request. */
    record SubAnswer(String referenceId, Answer answer) {

        boolean failed() {
            return SubRequests.failed(answer);
        }

        /** Whether the request, or a row of a collection in it, failed. */
        boolean failedInPart() {
            return failed()
                    || answer.content() instanceof Answer.Content.JsonValue json
                            && json.value() instanceof List<?> rows
                            && rows.stream()
                                    .anyMatch(row ->
                                            row instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("success")));
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("body", body(answer));
            json.put("httpHeaders", answer.headers());
            json.put("httpStatusCode", answer.status());
            json.put("referenceId", referenceId);
            return json;
        }
    }

    /** Runs all; those that refer to a failed one fail as well. */
    List<SubAnswer> each(ApiCall call, List<SubRequest> requests) {
        References references = new References();
        List<SubAnswer> answers = new ArrayList<>();
        for (SubRequest request : requests) {
            answers.add(one(call, request, references));
        }
        return answers;
    }

    /** Runs them as one transaction: the first failure undoes everything, and only it tells its own reason. */
    List<SubAnswer> allOrNone(ApiCall call, List<SubRequest> requests) {
        Predicate<List<SubAnswer>> complete =
                answers -> answers.size() == requests.size() && answers.stream().noneMatch(SubAnswer::failedInPart);
        List<SubAnswer> answers = org.writeTogether(() -> untilFailure(call, requests), complete);
        if (complete.test(answers)) {
            return answers;
        }
        List<SubAnswer> all = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            boolean culprit = i == answers.size() - 1;
            all.add(culprit ? answers.get(i) : new SubAnswer(requests.get(i).referenceId(), halted(ROLLED_BACK)));
        }
        return all;
    }

    private List<SubAnswer> untilFailure(ApiCall call, List<SubRequest> requests) {
        References references = new References();
        List<SubAnswer> answers = new ArrayList<>();
        for (SubRequest request : requests) {
            SubAnswer answer = one(call, request, references);
            answers.add(answer);
            if (answer.failedInPart()) {
                break;
            }
        }
        return answers;
    }

    private SubAnswer one(ApiCall call, SubRequest request, References references) {
        Answer answer;
        try {
            Object body = references.body(request.body());
            answer = answer(within, call, request.method(), references.url(request.url()), request.headers(), body);
        } catch (References.UnresolvedException e) {
            answer = halted(e.getMessage());
        }
        if (!failed(answer)) {
            references.add(request.referenceId(), body(answer));
        }
        return new SubAnswer(request.referenceId(), answer);
    }

    /**
     * Answers one request within another.
     *
     * @param body a JSON value, or null
     */
    static Answer answer(
            Dispatcher within, ApiCall call, String method, String url, Map<String, String> headers, Object body) {
        RequestBody bytes = body == null ? RequestBody.NONE : RequestBody.of(Json.write(body));
        Answer answer = within.answerWithin(
                call.session(), ApiCall.of(method, url, withClient(headers, call), bytes, call.baseUrl()));
        if (answer.content() instanceof Answer.Content.File) {
            return ApiErrors.of(
                    400, "INVALID_REQUEST", "Blob resources are not supported within a composite request", null);
        }
        return answer;
    }

    /** The client that names itself in a request is the client of all requests within it. */
    private static Map<String, String> withClient(Map<String, String> headers, ApiCall call) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        call.header(CALL_OPTIONS).ifPresent(client -> all.putIfAbsent(CALL_OPTIONS, client));
        return all;
    }

    /** Status 300 is a failure, too: nothing was written. That it undoes a transaction is not documented; assumed. */
    static boolean failed(Answer answer) {
        return answer.status() >= 300 && answer.status() != NOT_MODIFIED;
    }

    /** The JSON value of an answer, null without a body. */
    static Object body(Answer answer) {
        if (answer.content() instanceof Answer.Content.JsonValue json) {
            return json.value();
        }
        return answer.content() instanceof Answer.Content.Text text ? text.text() : null;
    }

    private static Answer halted(String message) {
        return ApiErrors.of(400, HALTED, message, null);
    }
}
