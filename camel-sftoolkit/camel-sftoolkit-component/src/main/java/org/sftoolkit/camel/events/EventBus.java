package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.Token;

/**
 * The event bus of an org: Salesforce's Pub/Sub API. The artifact {@code camel-sftoolkit-events} implements it. Thread-safe;
 * never blocks. Failures are an {@link org.sftoolkit.camel.error.EventBusException}, or a {@link
 * org.sftoolkit.camel.error.TransportException} if there was no answer.
 */
public interface EventBus {

    /** Makes buses. Camel finds it as {@code META-INF/services/org/apache/camel/sftoolkit-events}. */
    interface Connector {

        /**
         * A bus that connects when it is first used.
         *
         * @param vertx   on whose event loops it works
         * @param options of the HTTP client: proxy, certificates, time-outs; protocol and TLS are set by the bus
         * @param address of the service
         */
        EventBus connect(Vertx vertx, HttpClientOptions options, Address address);
    }

    /**
     * Where the service listens.
     *
     * @param tls whether it speaks TLS
     */
    record Address(String host, int port, boolean tls) {}

    /**
     * Who calls.
     *
     * @param token    of the connection; secret
     * @param tenantId Id of the org in 18 characters
     */
    record Access(Token token, String tenantId) {}

    /**
     * What the org says of a channel.
     *
     * @param schemaId of the events that are published there; of mixed channels it says nothing
     */
    record Topic(String name, String schemaId, boolean canPublish, boolean canSubscribe) {}

    /** Where a subscription begins. */
    enum Preset {
        /** With what comes from now on. */
        LATEST,
        /** With the oldest event that the bus still holds. */
        EARLIEST,
        /** After an event. */
        CUSTOM
    }

    /**
     * A subscription that is asked for.
     *
     * @param replayId in Base64, the event after which it begins; null unless the preset is {@code CUSTOM}
     */
    record Start(String channel, Preset preset, @Nullable String replayId) {}

    /**
     * An event to publish.
     *
     * @param id      our own, by which the answer is matched
     * @param payload as its schema encodes it
     */
    record Outgoing(String id, String schemaId, byte[] payload) {}

    /**
     * What became of an event that was published.
     *
     * @param id       the publisher's own
     * @param replayId in Base64; null if it was refused
     * @param error    why it was refused; null if it was not
     */
    record Published(String id, @Nullable String replayId, @Nullable String error) {}

    /** What the org says of a channel. */
    Future<Topic> topic(Access access, String channel);

    /** A schema; asked once for each id. */
    Future<EventSchema> schema(Access access, String id);

    /**
     * Opens a subscription. The listener hears of it on one event loop, never before this method has returned.
     *
     * @param credit events that are asked for with it, at least 1
     */
    EventStream subscribe(Access access, Start start, int credit, EventStream.Listener listener);

    /** Publishes events to a channel in one call; one answer for each, in their order. */
    Future<List<Published>> publish(Access access, String channel, List<Outgoing> events);

    /** Ends all streams and connections. */
    Future<Void> close();
}
