package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscription to one channel, from its call to its end. Thread-safe. */
public interface EventStream {

    /** Asks for so many more events. */
    void request(int events);

    /** Asks the connection for a sign of life. */
    Future<Void> ping();

    /** Gives it up. The listener hears nothing more. */
    void close();

    /**
     * An event as it came.
     *
     * @param replayId its place in the channel, in Base64; opaque
     * @param eventId  of the event; may be empty
     */
    record Received(String replayId, String eventId, String schemaId, byte[] payload) {}

    /**
     * Events that came together.
     *
     * @param events may be empty: then it is a sign of life
     * @param latest where the channel stands behind these events, in Base64; null if it is not told
     * @param rpcId  by which Salesforce's support finds the call
     */
    record Batch(List<Received> events, @Nullable String latest, String rpcId) {}

    /** Hears of a stream, on one event loop. */
    interface Listener {

        /** The service has accepted the call. */
        void opened();

        /** Events came, or a sign of life. */
        void received(Batch batch);

        /** The connection will end soon: the stream should be opened anew before it does. */
        void goingAway();

        /**
         * The stream has ended; the last that is heard of it.
         *
         * @param failure null if the service ended it without an error
         */
        void ended(@Nullable Throwable failure);
    }
}
