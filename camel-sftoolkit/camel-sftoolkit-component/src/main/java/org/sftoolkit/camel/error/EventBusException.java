package org.sftoolkit.camel.error;

import java.util.List;

/**
 * The event bus refused a call, or ended a subscription. {@link #code()} is Salesforce's own, without its prefix, such as {@code
 * topic.not.found}; see the table in the documentation of errors for what each of them means and what cures it.
 */
public final class EventBusException extends SfToolkitException {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "sfdc.platform.eventbus.grpc.";

    /** What an error of the bus means for who meets it. */
    public enum Kind {
        /** It passes: go on where it stood. */
        PASSING,
        /** The session is dead: log in once, then go on. */
        SESSION,
        /** A limit was met: go on after a longer pause. */
        LIMIT,
        /** The position is unknown to the bus, or older than what it still holds. */
        POSITION,
        /** The channel cannot be used as it is: a name, a right, a licence. */
        CHANNEL
    }

    private final String code;
    private final String rpcId;
    private final Kind kind;

    /**
     * @param what   channel and call
     * @param code   Salesforce's, with or without its prefix; empty if there was no code
     * @param status of gRPC, such as {@code INVALID_ARGUMENT}
     * @param text   what Salesforce says of it
     * @param rpcId  by which Salesforce's support finds the call; empty if it is missing
     */
    public EventBusException(String what, String code, String status, String text, String rpcId) {
        super(message(what, plain(code), status), answer(code, text), null);
        this.code = plain(code);
        this.rpcId = rpcId;
        this.kind = kind(this.code, status);
    }

    private static Answer answer(String code, String text) {
        return new Answer(0, List.of(new ApiError(plain(code), text, List.of())), null);
    }

    private static String message(String what, String code, String status) {
        String cure = cure(code, status);
        return what + " was refused with " + status + (cure.isEmpty() ? "" : " (" + cure + ")");
    }

    private static String plain(String code) {
        return code.startsWith(PREFIX) ? code.substring(PREFIX.length()) : code;
    }

    private static Kind kind(String code, String status) {
        return switch (code) {
            case "service.auth.error", "service.auth.headers.invalid", "service.auth.refresh.invalid" -> Kind.SESSION;
            case "service.protection.triggered",
                    "service.protection.stream.limit.triggered",
                    "concurrent.client.limit.exceeded",
                    "subscription.limit.exceeded" -> Kind.LIMIT;
            case "subscription.fetch.replayid.corrupted" -> Kind.POSITION;
            case "service.tenant.license",
                    "topic.not.found",
                    "topic.validation.empty",
                    "topic.meta.permission",
                    "subscription.topic.cannot.subscribe",
                    "schema.meta.permission",
                    "schema.validation.failed",
                    "publish.topic.validation.empty" -> Kind.CHANNEL;
            case "" -> ofStatus(status);
            default -> Kind.PASSING;
        };
    }

    private static Kind ofStatus(String status) {
        return switch (status) {
            case "UNAUTHENTICATED" -> Kind.SESSION;
            case "PERMISSION_DENIED", "NOT_FOUND", "UNIMPLEMENTED" -> Kind.CHANNEL;
            case "RESOURCE_EXHAUSTED" -> Kind.LIMIT;
            default -> Kind.PASSING;
        };
    }

    private static String cure(String code, String status) {
        return switch (code) {
            case "topic.not.found" ->
                "check the name of the channel, which is case-sensitive, and that change data capture selects its"
                        + " object";
            case "topic.meta.permission", "schema.meta.permission" ->
                "the user of the connection needs the right to read the event or View All Records of the object";
            case "subscription.topic.cannot.subscribe" -> "nobody can subscribe to this channel";
            case "service.tenant.license" -> "the org has no licence for the Pub/Sub API";
            case "subscription.fetch.replayid.corrupted" ->
                "the position is unknown to the org or older than its retention of 72 hours: see onGap";
            case "subscription.limit.exceeded" -> "the org has used up its deliveries of 24 hours";
            case "concurrent.client.limit.exceeded" -> "the org has too many subscribers at a time";
            case "" -> status.equals("UNIMPLEMENTED") ? "is pubSubHost a Pub/Sub API?" : "";
            default -> "";
        };
    }

    /** Salesforce's code, without its prefix; empty if it is missing. */
    public String code() {
        return code;
    }

    /** By which Salesforce's support finds the call; empty if it is missing. */
    public String rpcId() {
        return rpcId;
    }

    /** What it means for who meets it. */
    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later as it is. */
    @Override
    public boolean retryable() {
        return kind == Kind.PASSING || kind == Kind.LIMIT || kind == Kind.SESSION;
    }
}
