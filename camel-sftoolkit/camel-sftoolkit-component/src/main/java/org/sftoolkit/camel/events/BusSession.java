package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.error.EventBusException;
import org.sftoolkit.camel.error.SessionExpiredException;
import org.sftoolkit.camel.error.SfToolkitException;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.TokenSource;

/**
 * The bus as one connection uses it: with the connection's token, and one login for all channels whose token died. Thread-safe.
 */
public final class BusSession {

    private final Function<Token, EventBus> connect;
    private final TokenSource tokens;
    private final Supplier<Future<Void>> leave;
    private final Function<Token, Future<String>> tenant;
    private volatile @Nullable Future<String> tenantId;
    private volatile @Nullable EventBus bus;

    /**
     * @param connect makes the bus of the org that a token is for; called once
     * @param tokens  of the connection
     * @param leave   to write to the org; fails if this connection may not
     * @param tenant  asks for the Id of the org, in 18 characters, of a token
     */
    public BusSession(
            Function<Token, EventBus> connect,
            TokenSource tokens,
            Function<Token, Future<String>> tenant,
            Supplier<Future<Void>> leave) {
        this.leave = leave;
        this.connect = connect;
        this.tokens = tokens;
        this.tenant = tenant;
    }

    /** The bus; there once {@link #access} has succeeded. */
    EventBus bus() {
        return Objects.requireNonNull(bus, "nobody has logged in");
    }

    private synchronized void connect(Token token) {
        if (bus == null) {
            bus = connect.apply(token);
        }
    }

    /** Who calls; logs in if nobody has. */
    Future<EventBus.Access> access() {
        return tokens.token(System.nanoTime()).compose(this::access);
    }

    private Future<EventBus.Access> access(Token token) {
        Future<String> known = tenantId;
        if (known == null || known.failed()) {
            known = tenant.apply(token);
            tenantId = known;
        }
        return known.map(id -> {
            connect(token);
            return new EventBus.Access(token, id);
        });
    }

    /** Who calls after the bus has refused the token; logs in once, however many channels met that. */
    Future<EventBus.Access> renew(EventBus.Access refused, EventBusException refusal) {
        tokens.refused(
                refused.token(),
                new SessionExpiredException(
                        String.valueOf(refusal.getMessage()),
                        new org.sftoolkit.camel.error.Answer(0, refusal.errors(), refusal.request())));
        return tokens.renew(refused.token(), System.nanoTime()).compose(this::access);
    }

    /** Hears that the bus took the token. */
    void accepted(EventBus.Access access) {
        tokens.accepted(access.token());
    }

    /** What is known of a channel to publish there. */
    record Publication(EventBus.Topic topic, EventSchema schema, String userId, long since) {}

    private static final long KNOWN_NANOS = 60_000_000_000L;
    private final Map<String, Publication> publications = new ConcurrentHashMap<>();

    /** Topic and schema of a channel; asked again after a minute, for an event may get further fields. */
    Future<Publication> publication(String channel, Supplier<Future<String>> user) {
        return leave.get().compose(given -> known(channel, user));
    }

    private Future<Publication> known(String channel, Supplier<Future<String>> user) {
        Publication known = publications.get(channel);
        if (known != null && System.nanoTime() - known.since() < KNOWN_NANOS) {
            return Future.succeededFuture(known);
        }
        Future<String> who = known == null ? user.get() : Future.succeededFuture(known.userId());
        return who.compose(userId -> call(access -> bus().topic(access, channel))
                .compose(topic -> call(access -> bus().schema(access, topic.schemaId()))
                        .map(schema -> new Publication(topic, schema, userId, System.nanoTime()))
                        .onSuccess(found -> publications.put(channel, found))));
    }

    /** A call; a second time with a new token if the bus refuses the first. */
    <T> Future<T> call(Function<EventBus.Access, Future<T>> call) {
        return access().compose(first -> call.apply(first)
                .onSuccess(done -> accepted(first))
                .recover(failure -> isOfSession(failure)
                        ? renew(first, (EventBusException) failure).compose(call)
                        : Future.failedFuture(failure)));
    }

    static boolean isOfSession(Throwable failure) {
        return failure instanceof EventBusException refusal && refusal.kind() == EventBusException.Kind.SESSION;
    }

    static boolean isRetryable(Throwable failure) {
        return failure instanceof SfToolkitException known && known.retryable();
    }
}
