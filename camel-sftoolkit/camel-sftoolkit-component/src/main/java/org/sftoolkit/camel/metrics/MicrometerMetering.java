package org.sftoolkit.camel.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Meters into a Micrometer registry. */
public final class MicrometerMetering implements Metering {

    private static final String CONCURRENCY = "sftoolkit.concurrency";
    private static final String ENDPOINT = "endpoint";
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

    @Override
    public synchronized Runnable concurrency(String endpoint, IntSupplier requests) {
        String name = endpoint;
        for (int number = 2; isMetered(name); number++) {
            name = endpoint + '#' + number;
        }
        Gauge gauge = Gauge.builder(CONCURRENCY, requests::getAsInt)
                .description("Requests that an exchange may have under way, as concurrency=adaptive has found")
                .tag(ENDPOINT, name)
                .register(registry);
        return () -> registry.remove(gauge);
    }

    private boolean isMetered(String endpoint) {
        return registry.find(CONCURRENCY).tag(ENDPOINT, endpoint).gauge() != null;
    }
}
