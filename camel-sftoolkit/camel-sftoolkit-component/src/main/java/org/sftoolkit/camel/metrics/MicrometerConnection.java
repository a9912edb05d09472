package org.sftoolkit.camel.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.sftoolkit.camel.transport.ApiUsage;

/**
 * The meters of one connection, each with its name in the tag {@code connection}. Tags have few values: resources without ids,
 * failures by type.
 */
final class MicrometerConnection implements Metering.ConnectionMeters {

    private final MeterRegistry registry;
    private final String connection;
    private final Set<Meter> registered = ConcurrentHashMap.newKeySet();

    MicrometerConnection(MeterRegistry registry, String connection, ConnectionGauges gauges) {
        this.registry = registry;
        this.connection = connection;
        gauge("sftoolkit.requests.active", "Requests on their way", gauges.inFlight()::getAsInt);
        gauge("sftoolkit.requests.queued", "Requests that wait for their turn", gauges.queued()::getAsInt);
        gauge(
                "sftoolkit.api.used",
                "API calls of the org in 24 hours",
                () -> gauges.usage().get().map(ApiUsage::used).orElse(null));
        gauge(
                "sftoolkit.api.limit",
                "API calls that the org may make in 24 hours",
                () -> gauges.usage().get().map(ApiUsage::limit).orElse(null));
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        registered.add(Gauge.builder(name, value)
                .description(description)
                .tag("connection", connection)
                .register(registry));
    }

    @Override
    public void answered(String resource, Throwable failure, long nanos) {
        Timer timer = Timer.builder("sftoolkit.requests")
                .description("Requests to Salesforce, each try for itself")
                .tags("connection", connection, "resource", resource, "outcome", outcome(failure))
                .register(registry);
        timer.record(Duration.ofNanos(nanos));
        registered.add(timer);
    }

    @Override
    public void repeated(String resource) {
        count("sftoolkit.retries", "Requests that were sent again", "resource", resource);
    }

    @Override
    public void loggedIn(Throwable failure) {
        count("sftoolkit.logins", "Logins", "outcome", outcome(failure));
    }

    private void count(String name, String description, String tag, String value) {
        Counter counter = Counter.builder(name)
                .description(description)
                .tags("connection", connection, tag, value)
                .register(registry);
        counter.increment();
        registered.add(counter);
    }

    private static String outcome(Throwable failure) {
        return failure == null ? "success" : failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        registered.forEach(registry::remove);
        registered.clear();
    }
}
