package org.sftoolkit.camel.metrics;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
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
        public Runnable poller(String route, Supplier<Optional<Instant>> watermark) {
            return () -> {};
        }
    };

    /** Begins to meter a connection; to be closed with it. */
    ConnectionMeters connection(String name, ConnectionGauges gauges);

    /**
     * Counts records that an operation handled.
     *
     * @param result {@code succeeded}, {@code skipped} or {@code failed}
     */
    void records(String operation, String result, long count);

    /**
     * Begins to meter how far a consumer is behind.
     *
     * @param watermark of the consumer; empty before it has one
     * @return takes the meter away
     */
    Runnable poller(String route, Supplier<Optional<Instant>> watermark);

    /** The meters of one connection. */
    interface ConnectionMeters extends CallListener, AutoCloseable {

        /** None. */
        ConnectionMeters NONE = () -> {};

        /** Takes the meters out of the registry. */
        @Override
        void close();
    }
}
