package org.sftoolkit.camel.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/** Meters into a Micrometer registry. */
public final class MicrometerMetering implements Metering {

    private final MeterRegistry registry;

    /** @param registry of the application */
    public MicrometerMetering(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public ConnectionMeters connection(String name, ConnectionGauges gauges) {
        return new MicrometerConnection(registry, name, gauges);
    }

    @Override
    public void records(String operation, String result, long count) {
        registry.counter("sftoolkit.records", "operation", operation, "result", result)
                .increment(count);
    }
}
