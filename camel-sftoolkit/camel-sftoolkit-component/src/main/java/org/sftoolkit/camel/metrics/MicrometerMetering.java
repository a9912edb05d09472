package org.sftoolkit.camel.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Meters into a Micrometer registry. */
public final class MicrometerMetering implements Metering {

    private static final double MILLIS = 1000;

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

    @Override
    public Runnable poller(String route, Supplier<Optional<Instant>> watermark) {
        Supplier<Number> lag = () -> watermark
                .get()
                .map(at -> Duration.between(at, Instant.now()).toMillis() / MILLIS)
                .orElse(null);
        Gauge gauge = Gauge.builder("sftoolkit.poll.lag", lag)
                .description("Time since the consumer's watermark")
                .baseUnit("seconds")
                .tag("route", route)
                .register(registry);
        return () -> registry.remove(gauge);
    }
}
