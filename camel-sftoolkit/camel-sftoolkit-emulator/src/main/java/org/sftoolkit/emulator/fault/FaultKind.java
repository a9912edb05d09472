package org.sftoolkit.emulator.fault;

import static org.sftoolkit.emulator.fault.FaultKind.Type.FLAG;
import static org.sftoolkit.emulator.fault.FaultKind.Type.LIST;
import static org.sftoolkit.emulator.fault.FaultKind.Type.MAP;
import static org.sftoolkit.emulator.fault.FaultKind.Type.NUMBER;
import static org.sftoolkit.emulator.fault.FaultKind.Type.TEXT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of faults that {@link FaultJson} reads, and what each of them is told by. */
public enum FaultKind {
    DELAY("delay", "The request is worked on later.", one(NUMBER, "millis", "500")),
    STATUS(
            "status",
            "This answer instead: an error, or with a body the answer of a resource that only the real org has.",
            one(NUMBER, "status", "503"),
            some(TEXT, "errorCode"),
            some(TEXT, "message"),
            some(TEXT, "body"),
            some(TEXT, "contentType"),
            some(MAP, "headers")),
    REDIRECT(
            "redirect",
            "An answer that points to another address.",
            or(NUMBER, "status", "302"),
            one(TEXT, "location", "/")),
    EARLY(
            "early",
            "This answer at once, before the body of the request is read.",
            one(NUMBER, "status", "401"),
            some(TEXT, "errorCode"),
            some(TEXT, "message"),
            some(TEXT, "body"),
            some(TEXT, "contentType"),
            some(MAP, "headers")),
    DROP_CONNECTION(
            "dropConnection",
            "The connection breaks; BEFORE_ANSWER and IN_ANSWER when all is done.",
            choice("moment", Fault.Moment.values())),
    STALL(
            "stall",
            "A standstill, without an end unless a time is given.",
            choice("point", Fault.Point.BEFORE_HEAD, Fault.Point.values()),
            some(NUMBER, "millis")),
    SLOW_BODY(
            "slowBody",
            "Done, and the answer comes in portions of so many bytes.",
            or(NUMBER, "bytes", "1"),
            one(NUMBER, "millis", "100")),
    EXPIRE_SESSION("expireSession", "All sessions end."),
    LIMIT_REACHED("limitReached", "403 REQUEST_LIMIT_EXCEEDED.", choice("limit", Fault.Limit.values())),
    TRUNCATE_BODY("truncateBody", "Done, but half of the answer's body is missing."),
    HTML_BODY("htmlBody", "An HTML page instead.", or(NUMBER, "status", "503")),
    REPLACE_BODY(
            "replaceBody",
            "Done, and the body goes out under another type, or another body does.",
            some(TEXT, "contentType"),
            some(TEXT, "body")),
    ALTER_HEADERS(
            "alterHeaders", "Done, and these headers are others or missing.", some(MAP, "set"), some(LIST, "remove")),
    WRONG_CLOCK(
            "wrongClock",
            "Done, and Date is ahead of the clock, or behind it if negative.",
            one(NUMBER, "millis", "3600000")),
    REPEAT_LOCATOR("repeatLocator", "Done, and the page names itself as the next one."),
    DROP_LINES("dropLines", "Done, and the last lines of the answer are missing.", or(NUMBER, "lines", "1")),
    QUOTE_REQUEST(
            "quoteRequest",
            "An answer that shows the request with headers and body, secrets included.",
            or(NUMBER, "status", "502"),
            or(TEXT, "contentType", "text/html;charset=UTF-8")),
    HUGE_BODY(
            "hugeBody",
            "An endless JSON answer; with gzip a small one that unpacks to it.",
            one(NUMBER, "bytes", "100000000"),
            some(FLAG, "gzip")),
    GRPC_STATUS(
            "grpcStatus",
            "A stream of the event bus ends with this status, or a call is answered by it.",
            or(TEXT, "status", "UNAVAILABLE"),
            some(TEXT, "errorCode"),
            some(TEXT, "message"),
            or(NUMBER, "afterEvents", "0")),
    END_STREAM(
            "endStream",
            "A stream of the event bus ends, or a call is not answered.",
            choice("ending", EventFault.Ending.values()),
            or(NUMBER, "afterEvents", "0")),
    ALTER_EVENT(
            "alterEvent",
            "The next event of a stream comes twice, unreadable, or as a gap.",
            choice("alteration", EventFault.Alteration.values())),
    DELAY_EVENT("delayEvent", "The next event of a stream comes later.", one(NUMBER, "millis", "500")),
    PUBLISH_ERROR("publishError", "The next event of a publisher is refused.", or(TEXT, "message", "refused")),
    ROW_LOCK(
            "rowLock",
            "The rows with this value fail with UNABLE_TO_LOCK_ROW.",
            one(TEXT, "object", "Account"),
            or(TEXT, "field", "Id"),
            one(TEXT, "value", "001000000000001AAA"));

    /** What a parameter holds. */
    public enum Type {
        TEXT,
        NUMBER,
        FLAG,
        /** Texts by name. */
        MAP,
        /** Texts. */
        LIST
    }

    /**
     * A parameter of a fault.
     *
     * @param required whether it has to be given
     * @param usual what it is if it is not given, or an example for one that is required; may be empty
     * @param choices the values that are allowed; empty for any
     */
    public record Parameter(Type type, String name, boolean required, String usual, List<String> choices) {}

    private final String wireName;
    private final String effect;
    private final List<Parameter> parameters;

    FaultKind(String wireName, String effect, Parameter... parameters) {
        this.wireName = wireName;
        this.effect = effect;
        this.parameters = List.of(parameters);
    }

    /** The name in JSON, such as {@code dropConnection}. */
    public String wireName() {
        return wireName;
    }

    /** What happens to the request, in a sentence. */
    public String effect() {
        return effect;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException naming all kinds, if there is no such kind
     */
    static FaultKind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown fault '" + name + "': use one of "
                        + Arrays.stream(values()).map(FaultKind::wireName).collect(Collectors.joining(", "))));
    }

    Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(known -> known.name().equals(name)).findFirst();
    }

    private static Parameter one(Type type, String name, String example) {
        return new Parameter(type, name, true, example, List.of());
    }

    private static Parameter or(Type type, String name, String usual) {
        return new Parameter(type, name, false, usual, List.of());
    }

    private static Parameter some(Type type, String name) {
        return or(type, name, "");
    }

    private static Parameter choice(String name, Enum<?>... values) {
        return choice(name, values[0], values);
    }

    private static Parameter choice(String name, Enum<?> usual, Enum<?>... values) {
        return new Parameter(
                TEXT,
                name,
                false,
                usual.name(),
                Arrays.stream(values).map(Enum::name).toList());
    }
}
