package org.sftoolkit.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventMetersTest {

    private static final String CHANNEL = "/data/AccountChangeEvent";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<EventMeters.Gauges> now =
            new AtomicReference<>(new EventMeters.Gauges(Duration.ofHours(2), 60, 30, 10));
    private final EventMeters meters =
            new MicrometerMetering(registry).events("follow", "key", List.of(CHANNEL), channel -> now.get());

    private double gauge(String name) {
        return registry.get("sftoolkit.events." + name)
                .tag("route", "follow")
                .tag("channel", CHANNEL)
                .gauge()
                .value();
    }

    @Test
    void lagHeadroomCreditAndWhatIsUnderWayAreGauges() {
        assertThat(gauge("lag")).isEqualTo(7200);
        assertThat(gauge("headroom")).isEqualTo(70 * 3600);
        assertThat(gauge("credit")).isEqualTo(60);
        assertThat(gauge("held")).isEqualTo(30);
        assertThat(gauge("active")).isEqualTo(10);
        now.set(new EventMeters.Gauges(null, 0, 0, 0));
        assertThat(gauge("lag")).isNaN();
        assertThat(gauge("headroom")).isNaN();
    }

    @Test
    void eventsAreCountedByResultAndReconnectsByCode() {
        meters.event(CHANNEL, "received");
        meters.event(CHANNEL, "received");
        meters.event(CHANNEL, "repaired");
        meters.reconnected(CHANNEL, "service.unavailable");
        assertThat(registry.get("sftoolkit.events")
                        .tag("result", "received")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sftoolkit.events")
                        .tag("result", "repaired")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("sftoolkit.events.reconnects")
                        .tag("code", "service.unavailable")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void metersOfASubscriptionThatHasEndedAreGone() {
        meters.event(CHANNEL, "received");
        meters.close();
        meters.event(CHANNEL, "received");
        assertThat(registry.getMeters()).isEmpty();
    }
}
