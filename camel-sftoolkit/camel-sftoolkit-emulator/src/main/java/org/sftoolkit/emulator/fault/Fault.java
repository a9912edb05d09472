package org.sftoolkit.emulator.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that goes wrong with one request. Immutable. */
public sealed interface Fault {

    /** Where a connection breaks. */
    enum Moment {
        /** The request has arrived, nothing has been done. */
        BEFORE_PROCESSING,
        /** Everything has been done, and no byte of the answer is sent. */
        BEFORE_ANSWER,
        /** Half of the answer's body is sent. */
        IN_ANSWER
    }

    /** Which limit is reached. */
    enum Limit {
        /** The calls of 24 hours: {@code TotalRequests Limit exceeded.} */
        DAILY,
        /** Long calls at the same time. */
        CONCURRENT
    }

    /** The request is worked on later. */
    record Delay(Duration time) implements Fault {}

    /**
     * The request is not worked on and gets this answer.
     *
     * @param body null for Salesforce's usual body of that status
     */
    record Status(int status, String contentType, String body, Map<String, String> headers) implements Fault {

        public Status {
            headers = Map.copyOf(headers);
        }

        /** This answer with one more header, such as {@code Retry-After}. */
        public Status with(String header, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(header, value);
            return new Status(status, contentType, body, all);
        }
    }

    /** The connection breaks. */
    record DropConnection(Moment moment) implements Fault {}

    /** All sessions end; the request itself meets that at once. */
    record ExpireSession() implements Fault {}

    /** The request is not worked on: status 403, {@code REQUEST_LIMIT_EXCEEDED}. */
    record LimitReached(Limit limit) implements Fault {}

    /** The request is worked on, and half of the answer's body is sent as if it were all. */
    record TruncateBody() implements Fault {}

    /** The request is not worked on and gets an HTML page, as from a proxy or a server under maintenance. */
    record HtmlBody(int status) implements Fault {}

    static Fault delay(Duration time) {
        return new Delay(time);
    }

    /** An answer with Salesforce's usual body of that status. */
    static Status status(int status) {
        return new Status(status, "application/json;charset=UTF-8", null, Map.of());
    }

    /** An answer with one error in JSON. */
    static Status status(int status, String errorCode, String message) {
        String body = "[{\"message\":\"" + message.replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"errorCode\":\""
                + errorCode + "\"}]";
        return new Status(status, "application/json;charset=UTF-8", body, Map.of());
    }

    /** An answer with this JSON, as of a resource that only the real org has, such as its Apex REST. */
    static Status answer(int status, String json) {
        return new Status(status, "application/json;charset=UTF-8", json, Map.of());
    }

    /** An answer as to a refused login, such as {@code rate_limit_exceeded} or {@code inactive_user}. */
    static Status loginRefused(String error, String description) {
        String body = "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}";
        return new Status(400, "application/json;charset=UTF-8", body, Map.of());
    }

    static Fault dropConnection(Moment moment) {
        return new DropConnection(moment);
    }

    static Fault expireSession() {
        return new ExpireSession();
    }

    static Fault limitReached(Limit limit) {
        return new LimitReached(limit);
    }

    static Fault truncateBody() {
        return new TruncateBody();
    }

    static Fault htmlBody(int status) {
        return new HtmlBody(status);
    }
}
