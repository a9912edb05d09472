package org.sftoolkit.camel.connection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The meters of one event subscription, each with route and channel as tags. */
final class MicrometerEvents implements EventMeters {

    static final String LAG = "sftoolkit.events.lag";

    /** Salesforce holds events for so long. */
    private static final Duration RETENTION = Duration.ofHours(72);

    private static final double MILLIS = 1000;

    private final MeterRegistry registry;
    private final String route;
    private final Set<Meter> registered = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    MicrometerEvents(MeterRegistry registry, String route, List<String> channels, Function<String, Gauges> gauges) {
        this.registry = registry;
        this.route = route;
        for (String channel : channels) {
            gauge(channel, LAG, "Time since the last event that is done was committed", "seconds", () -> {
                Duration lag = gauges.apply(channel).lag();
                return lag == null ? null : lag.toMillis() / MILLIS;
            });
            gauge(
                    channel,
                    "sftoolkit.events.headroom",
                    "Time until the position leaves what Salesforce holds",
                    "seconds",
                    () -> {
                        Duration lag = gauges.apply(channel).lag();
                        return lag == null ? null : RETENTION.minus(lag).toMillis() / MILLIS;
                    });
            gauge(
                    channel,
                    "sftoolkit.events.credit",
                    "Events that were asked for and have not come",
                    null,
                    () -> gauges.apply(channel).credit());
            gauge(channel, "sftoolkit.events.held", "Events that came and are not done", null, () -> gauges.apply(
                            channel)
                    .held());
            gauge(channel, "sftoolkit.events.active", "Exchanges under way", null, () -> gauges.apply(channel)
                    .underWay());
        }
    }

    private void gauge(String channel, String name, String description, @Nullable String unit, Supplier<Number> value) {
        keep(Gauge.builder(name, value)
                .description(description)
                .baseUnit(unit)
                .tag("route", route)
                .tag("channel", channel)
                .register(registry));
    }

    @Override
    public void event(String channel, String result) {
        count("sftoolkit.events", "Events of subscriptions", channel, "result", result);
    }

    @Override
    public void reconnected(String channel, String code) {
        count("sftoolkit.events.reconnects", "Streams that ended and were opened again", channel, "code", code);
    }

    private void count(String name, String description, String channel, String tag, String value) {
        if (closed) {
            return;
        }
        Counter counter = Counter.builder(name)
                .description(description)
                .tag("route", route)
                .tag("channel", channel)
                .tag(tag, value)
                .register(registry);
        counter.increment();
        keep(counter);
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
