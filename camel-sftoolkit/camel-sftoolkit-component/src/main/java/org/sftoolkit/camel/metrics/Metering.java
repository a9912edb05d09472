package org.sftoolkit.camel.metrics;

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
    };

    /** Begins to meter a connection; to be closed with it. */
    ConnectionMeters connection(String name, ConnectionGauges gauges);

    /**
     * Counts records that an operation handled.
     *
     * @param result {@code succeeded}, {@code skipped} or {@code failed}
     */
    void records(String operation, String result, long count);

    /** The meters of one connection. */
    interface ConnectionMeters extends CallListener, AutoCloseable {

        /** None. */
        ConnectionMeters NONE = () -> {};

        /** Takes the meters out of the registry. */
        @Override
        void close();
    }
}
