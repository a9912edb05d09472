package org.sftoolkit.emulator.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that goes wrong with one request. Immutable. */
public sealed interface Fault
        permits EventFault,
                Fault.Delay,
                Fault.Status,
                Fault.DropConnection,
                Fault.ExpireSession,
                Fault.LimitReached,
                Fault.TruncateBody,
                Fault.HtmlBody,
                Fault.Stall,
                Fault.SlowBody,
                Fault.ReplaceBody,
                Fault.AlterHeaders,
                Fault.WrongClock,
                Fault.RepeatLocator,
                Fault.DropLines,
                Fault.QuoteRequest,
                Fault.HugeBody,
                Fault.Early {

    /** What a fault strikes. */
    enum Stage {
        /** A request whose head has arrived. */
        HEAD,
        /** A request that is read. */
        BODY,
        /** A stream of the event bus, opening or open, or another call of it. */
        STREAM,
        /** An event that is about to be sent. */
        EVENT,
        /** An event that is about to be published. */
        ROW
    }

    /** Where a connection breaks. */
    enum Moment {
        /** The request has arrived, nothing has been done. */
        BEFORE_PROCESSING,
        /** Everything has been done, and no byte of the answer is sent. */
        BEFORE_ANSWER,
        /** Half of the answer's body is sent. */
        IN_ANSWER
    }

    /** Where an exchange comes to a standstill, its connection open. */
    enum Point {
        /** The request's head has arrived; its body is not read. */
        IN_REQUEST,
        /** Everything has been done, and no byte of the answer is sent. */
        BEFORE_HEAD,
        /** Half of the answer's head is sent. */
        IN_HEAD,
        /** The answer's head is sent, and no byte of its body. */
        AFTER_HEAD,
        /** Half of the answer's body is sent. */
        IN_BODY,
        /** All is sent but the last byte of the body. */
        LAST_BYTE
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

    /**
     * The exchange comes to a standstill and goes on after a time.
     *
     * @param time null for never: until the client or the emulator closes the connection
     */
    record Stall(Point point, Duration time) implements Fault {

        @Override
        public Stage stage() {
            return point == Point.IN_REQUEST ? Stage.HEAD : Stage.BODY;
        }
    }

    /** The request is worked on, and the answer's body comes in portions of so many bytes, a pause before each. */
    record SlowBody(int bytes, Duration every) implements Fault {

        public SlowBody {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes must be 1 or more, not " + bytes);
            }
        }
    }

    /**
     * The request is worked on, and the answer has another body, or the same with another type.
     *
     * @param contentType null for the answer's own
     * @param body null for the answer's own
     */
    record ReplaceBody(String contentType, String body) implements Fault {}

    /** The request is worked on, and the answer has other headers. */
    record AlterHeaders(Map<String, String> set, List<String> remove) implements Fault {

        public AlterHeaders {
            set = Map.copyOf(set);
            remove = List.copyOf(remove);
        }
    }

    /** The request is worked on, and the answer's {@code Date} is ahead of the org's clock, or behind it if negative. */
    record WrongClock(Duration ahead) implements Fault {}

    /**
     * The request is worked on, and the answer names itself as the next page: {@code nextRecordsUrl} and {@code
     * Sforce-Locator}.
     */
    record RepeatLocator() implements Fault {}

    /** The request is worked on, and the last lines of the answer are missing: rows of a CSV. */
    record DropLines(int lines) implements Fault {}

    /**
     * The request is not worked on; the answer shows its line, headers and body, secrets included, as some proxies do.
     *
     * @param contentType {@code text/html}, or a JSON type for an array with one error, or any other for plain text
     */
    record QuoteRequest(int status, String contentType) implements Fault {}

    /** The request is not worked on; the answer is JSON that begins with so many blanks. */
    record HugeBody(long bytes, boolean gzip) implements Fault {}

    /** The request's body is not read and gets this answer at once. */
    record Early(Status answer) implements Fault {

        @Override
        public Stage stage() {
            return Stage.HEAD;
        }
    }

    /** Whether the request is worked on although this strikes it. */
    default boolean worksOn() {
        return !(this instanceof Status
                || this instanceof Early
                || this instanceof LimitReached
                || this instanceof HtmlBody
                || this instanceof QuoteRequest
                || this instanceof HugeBody
                || this instanceof DropConnection drop && drop.moment() == Moment.BEFORE_PROCESSING);
    }

    /** What it strikes. */
    default Stage stage() {
        return Stage.BODY;
    }

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

    /** A standstill until the client or the emulator closes the connection. */
    static Fault stall(Point point) {
        return new Stall(point, null);
    }

    static Fault stall(Point point, Duration time) {
        return new Stall(point, time);
    }

    static Fault slowBody(int bytes, Duration every) {
        return new SlowBody(bytes, every);
    }

    /** The answer's own body under another media type. */
    static Fault mediaType(String contentType) {
        return new ReplaceBody(contentType, null);
    }

    static Fault replaceBody(String contentType, String body) {
        return new ReplaceBody(contentType, body);
    }

    /** An answer without a body: the status 304 that a client should have asked for. */
    static Status notModified() {
        return new Status(304, null, "", Map.of());
    }

    /** An answer without a body that points to another address. */
    static Status redirect(int status, String location) {
        return new Status(status, null, "", Map.of("Location", location));
    }

    static Fault withoutHeaders(String... names) {
        return new AlterHeaders(Map.of(), List.of(names));
    }

    static Fault withHeader(String name, String value) {
        return new AlterHeaders(Map.of(name, value), List.of());
    }

    static Fault wrongClock(Duration ahead) {
        return new WrongClock(ahead);
    }

    static Fault repeatLocator() {
        return new RepeatLocator();
    }

    static Fault dropLines(int lines) {
        return new DropLines(lines);
    }

    /** A page in HTML that quotes the request. */
    static Fault quoteRequest(int status) {
        return new QuoteRequest(status, "text/html;charset=UTF-8");
    }

    static Fault quoteRequest(int status, String contentType) {
        return new QuoteRequest(status, contentType);
    }

    static Fault hugeBody(long bytes, boolean gzip) {
        return new HugeBody(bytes, gzip);
    }

    static Fault early(Status answer) {
        return new Early(answer);
    }
}
