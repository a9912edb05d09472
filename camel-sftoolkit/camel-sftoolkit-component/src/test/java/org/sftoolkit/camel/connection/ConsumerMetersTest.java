package org.sftoolkit.camel.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Consumers whose route Camel does not tell them, as behind {@code master:}. */
class ConsumerMetersTest {

    private static final String CHANNEL = "/event/Order_Placed__e";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Metering metering = new MicrometerMetering(registry);

    private Runnable poller(String key, Duration lag) {
        return metering.poller(null, key, () -> Optional.of(Instant.now().minus(lag)));
    }

    private EventMeters subscription(String key, String channel, int held) {
        return metering.events(null, key, List.of(channel), any -> new EventMeters.Gauges(null, 0, held, 0));
    }

    private Gauge gauge(String name, String route) {
        return registry.find(name).tag("route", route).gauge();
    }

    @Test
    void eachPollerHasAGaugeOfItsOwnAndTheEndOfOneLeavesTheOthers() {
        Runnable accounts = poller("query:Account", Duration.ZERO);
        poller("query:Contact", Duration.ofHours(2));
        poller("query:Account", Duration.ofHours(3));
        assertThat(gauge("sftoolkit.poll.lag", "none:query:Account").value()).isLessThan(3600);
        assertThat(gauge("sftoolkit.poll.lag", "none:query:Contact").value()).isBetween(7200.0, 10_000.0);
        assertThat(gauge("sftoolkit.poll.lag", "none:query:Account#2").value()).isGreaterThan(10_000);
        accounts.run();
        assertThat(gauge("sftoolkit.poll.lag", "none:query:Account")).isNull();
        assertThat(gauge("sftoolkit.poll.lag", "none:query:Contact")).isNotNull();
        assertThat(gauge("sftoolkit.poll.lag", "none:query:Account#2")).isNotNull();
    }

    @Test
    void eachSubscriptionHasMetersOfItsOwnAndTheEndOfOneLeavesTheOthers() {
        EventMeters first = subscription("subscribe", CHANNEL, 1);
        EventMeters second = subscription("subscribe", CHANNEL, 2);
        second.event(CHANNEL, "received");
        subscription("subscribe", "/event/Other__e", 3);
        assertThat(gauge("sftoolkit.events.held", "none:subscribe#2").value()).isEqualTo(2);
        assertThat(registry.find("sftoolkit.events.held")
                        .tag("route", "none:subscribe")
                        .gauges())
                .as("the channel tells them apart")
                .hasSize(2);
        first.close();
        assertThat(gauge("sftoolkit.events.held", "none:subscribe#2")).isNotNull();
        assertThat(registry.get("sftoolkit.events").counter().count()).isEqualTo(1);
        assertThat(registry.find("sftoolkit.events.held").gauges()).hasSize(2);
    }

    @Test
    void callsOfThemAllAreCountedTogether() {
        metering.calls(null, "query").run();
        metering.calls(null, "query").run();
        assertThat(registry.get("sftoolkit.calls")
                        .tag("route", "none")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
