package org.sftoolkit.camel.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.transport.ApiUsage;

/** Meters into a Micrometer registry. */
public final class MicrometerMetering implements Metering {

    private static final String CONCURRENCY = "sftoolkit.concurrency";
    private static final String POLL_LAG = "sftoolkit.poll.lag";
    private static final String ROUTE = "route";
    private static final String ENDPOINT = "endpoint";
    /** A tag has no null. */
    private static final String NO_ROUTE = "none";

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
    public synchronized EventMeters events(
            @Nullable String route, String key, List<String> channels, Function<String, EventMeters.Gauges> gauges) {
        String tag = tag(route, key, name -> channels.stream()
                .anyMatch(channel -> isMetered(MicrometerEvents.LAG, ROUTE, name, "channel", channel)));
        return new MicrometerEvents(registry, tag, channels, gauges);
    }

    @Override
    public void records(String operation, String result, long count) {
        registry.counter("sftoolkit.records", "operation", operation, "result", result)
                .increment((double) count);
    }

    @Override
    public Runnable calls(@Nullable String route, String operation) {
        return Counter.builder("sftoolkit.calls")
                .description("API calls of routes, retries included")
                .tag(ROUTE, route == null ? NO_ROUTE : route)
                .tag("operation", operation)
                .register(registry)::increment;
    }

    @Override
    public synchronized Runnable poller(@Nullable String route, String key, Supplier<Optional<Instant>> watermark) {
        Supplier<Number> lag = () -> watermark
                .get()
                .map(at -> Duration.between(at, Instant.now()).toMillis() / MILLIS)
                .orElse(null);
        Gauge gauge = Gauge.builder(POLL_LAG, lag)
                .description("Time since the consumer's watermark")
                .baseUnit("seconds")
                .tag(ROUTE, tag(route, key, name -> isMetered(POLL_LAG, ROUTE, name)))
                .register(registry);
        return () -> registry.remove(gauge);
    }

    @Override
    public synchronized Runnable concurrency(String endpoint, IntSupplier requests) {
        String name = free(endpoint, taken -> isMetered(CONCURRENCY, ENDPOINT, taken));
        Gauge gauge = Gauge.builder(CONCURRENCY, requests::getAsInt)
                .description("Requests that an exchange may have under way, as concurrency=adaptive has found")
                .tag(ENDPOINT, name)
                .register(registry);
        return () -> registry.remove(gauge);
    }

    /** Consumers whose route is not known are told apart: the registry would give the second the gauge of the first. */
    private static String tag(@Nullable String route, String key, Predicate<String> taken) {
        return route == null ? free(NO_ROUTE + ':' + key, taken) : route;
    }

    private static String free(String wanted, Predicate<String> taken) {
        String name = wanted;
        for (int number = 2; taken.test(name); number++) {
            name = wanted + '#' + number;
        }
        return name;
    }

    private boolean isMetered(String gauge, String... tags) {
        return registry.find(gauge).tags(tags).gauge() != null;
    }

    /**
     * The meters of one connection, each with its name in the tag {@code connection}. Tags have few values: resources without ids,
     * failures by type.
     */
    private static final class MicrometerConnection implements Metering.ConnectionMeters {

        private final MeterRegistry registry;
        private final String connection;
        private final Set<Meter> registered = ConcurrentHashMap.newKeySet();
        private volatile boolean closed;

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

        private void gauge(String name, String description, Supplier<Number> value, String... tags) {
            keep(Gauge.builder(name, value)
                    .description(description)
                    .tag("connection", connection)
                    .tags(tags)
                    .register(registry));
        }

        @Override
        public void answered(String resource, @Nullable Throwable failure, long nanos) {
            time(
                    "sftoolkit.requests",
                    "Requests to Salesforce, each try for itself",
                    nanos,
                    "resource",
                    resource,
                    "outcome",
                    outcome(failure));
        }

        @Override
        public void repeated(String resource) {
            count("sftoolkit.retries", "Requests that were sent again", 1, "resource", resource);
        }

        @Override
        public void loggedIn(@Nullable Throwable failure) {
            count("sftoolkit.logins", "Logins", 1, "outcome", outcome(failure));
        }

        @Override
        public void jobsActive(String operation, String state, IntSupplier jobs) {
            if (!closed) {
                gauge(
                        "sftoolkit.bulk.jobs.active",
                        "Running bulk jobs by state",
                        jobs::getAsInt,
                        "operation",
                        operation,
                        "state",
                        state);
            }
        }

        @Override
        public void jobRows(String operation, long processed, long failed) {
            count("sftoolkit.bulk.rows", "Rows that bulk jobs processed", processed, "operation", operation);
            count("sftoolkit.bulk.rows.failed", "Rows that bulk jobs refused", failed, "operation", operation);
        }

        @Override
        public void jobOver(String operation, String state, long nanos) {
            time("sftoolkit.bulk.jobs", "Bulk jobs that were made", nanos, "operation", operation, "state", state);
        }

        private void time(String name, String description, long nanos, String... tags) {
            if (closed) {
                return;
            }
            Timer timer = Timer.builder(name)
                    .description(description)
                    .tag("connection", connection)
                    .tags(tags)
                    .register(registry);
            timer.record(Duration.ofNanos(nanos));
            keep(timer);
        }

        private void count(String name, String description, long amount, String... tags) {
            if (closed || amount == 0) {
                return;
            }
            Counter counter = Counter.builder(name)
                    .description(description)
                    .tag("connection", connection)
                    .tags(tags)
                    .register(registry);
            counter.increment((double) amount);
            keep(counter);
        }

        private static String outcome(@Nullable Throwable failure) {
            return failure == null ? "success" : failure.getClass().getSimpleName();
        }

        private void keep(Meter meter) {
            registered.add(meter);
            if (closed) {
                registry.remove(meter);
            }
        }

        @Override
        public void close() {
            closed = true;
            registered.forEach(registry::remove);
            registered.clear();
        }
    }
}
