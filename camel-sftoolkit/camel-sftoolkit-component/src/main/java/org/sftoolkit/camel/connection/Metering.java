package org.sftoolkit.camel.connection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.CallListener;

/** A metrics system. Thread-safe. */
public interface Metering {

    /** None. */
    Metering NONE = new Metering() {
        @Override
        public ConnectionMeters connection(String name, ConnectionGauges gauges) {
            return ConnectionMeters.NONE;
        }

        @Override
        public void records(String operation, String result, long count) {}

        @Override
        public Runnable calls(@Nullable String route, String operation) {
            return () -> {};
        }

        @Override
        public Runnable poller(@Nullable String route, String key, Supplier<Optional<Instant>> watermark) {
            return () -> {};
        }

        @Override
        public EventMeters events(
                @Nullable String route,
                String key,
                List<String> channels,
                Function<String, EventMeters.Gauges> gauges) {
            return EventMeters.NONE;
        }

        @Override
        public Runnable concurrency(String endpoint, IntSupplier requests) {
            return () -> {};
        }
    };

    /**
     * Begins to meter an event subscription; to be closed with it.
     *
     * @param route    of the subscription; null if it is not known, as behind {@code master:}
     * @param key      names a subscription whose route is not known
     * @param gauges   what a channel is at
     */
    EventMeters events(
            @Nullable String route, String key, List<String> channels, Function<String, EventMeters.Gauges> gauges);

    /** Begins to meter a connection; to be closed with it. */
    ConnectionMeters connection(String name, ConnectionGauges gauges);

    /**
     * Counts records that an operation handled.
     *
     * @param result {@code succeeded}, {@code skipped} or {@code failed}
     */
    void records(String operation, String result, long count);

    /**
     * Counts the API calls of a route.
     *
     * @param route     null if no route makes them
     * @param operation of its endpoint
     * @return counts one
     */
    Runnable calls(@Nullable String route, String operation);

    /**
     * Begins to meter how far a consumer is behind.
     *
     * @param route     null if it is not known, as behind {@code master:}
     * @param key       of its position; names a consumer whose route is not known
     * @param watermark of the consumer; empty before it has one
     * @return takes the meter away
     */
    Runnable poller(@Nullable String route, String key, Supplier<Optional<Instant>> watermark);

    /**
     * Begins to meter how many requests an exchange of an endpoint may have under way.
     *
     * @param endpoint operation and object
     * @return takes the meter away
     */
    Runnable concurrency(String endpoint, IntSupplier requests);

    /** The meters of one connection. */
    interface ConnectionMeters extends CallListener, AutoCloseable {

        /** None. */
        ConnectionMeters NONE = () -> {};

        /**
         * A bulk job reached a state in which no job was before.
         *
         * @param operation of the job as Salesforce names it, such as {@code insert} or {@code query}
         * @param jobs running jobs of this operation in this state
         */
        default void jobsActive(String operation, String state, IntSupplier jobs) {}

        /** Further rows of a running bulk job were processed; the failed ones are among them. */
        default void jobRows(String operation, long processed, long failed) {}

        /** A bulk job ended, or is waited for no longer; in this state, so long after it was begun with. */
        default void jobOver(String operation, String state, long nanos) {}

        /** Takes the meters out of the registry. */
        @Override
        void close();
    }
}
