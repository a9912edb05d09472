package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** What operators see of a subscription: meters, health, JMX, the dev console. */
class EventObservationIT extends EventRouteSupport {

    private static final String FOLLOW =
            "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST&onRecordFailure=SKIP";
    private static final double RETENTION_SECONDS = 72 * 3600;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private List<Exchange> followed(CamelContext context, Processing... steps) throws Exception {
        context.getRegistry().bind("meters", meters);
        return follow(context, FOLLOW, steps);
    }

    private double count(String result) {
        Counter counter = meters.find("sftoolkit.events")
                .tags("route", "follow", "channel", ORDERS, "result", result)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double gauge(String name) {
        return meters.get("sftoolkit.events." + name)
                .tags("route", "follow", "channel", ORDERS)
                .gauge()
                .value();
    }

    @Test
    void metersTellWhatBecameOfEventsAndGoWithTheRoute() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = followed(context, exchange -> {
            if ("O-2".equals(exchange.getMessage().getBody(Map.class).get("Order_Number__c"))) {
                throw new IllegalStateException("refused by the test");
            }
        });
        order("O-1");
        order("O-2");
        order("O-3");
        arrive(seen, 2);
        await().atMost(Duration.ofSeconds(30)).until(() -> count("completed") == 2 && count("failed") == 1);
        assertThat(count("received")).isEqualTo(3);
        assertThat(count("delivered")).isEqualTo(3);
        assertThat(gauge("lag")).isBetween(0.0, 60.0);
        assertThat(gauge("headroom")).isBetween(RETENTION_SECONDS - 60, RETENTION_SECONDS);
        await().atMost(Duration.ofSeconds(30)).until(() -> gauge("held") == 0 && gauge("active") == 0);
        assertThat(gauge("credit")).isBetween(1.0, 100.0);

        emulator.faults().next(FaultPlan.when("Subscribe /event/*"), EventFault.end(EventFault.Ending.DROP_CONNECTION));
        order("O-4");
        arrive(seen, 3);
        await().atMost(Duration.ofSeconds(30)).until(() -> !meters.find("sftoolkit.events.reconnects")
                .tag("channel", ORDERS)
                .counters()
                .isEmpty());
        context.getRouteController().stopRoute("follow");
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .noneMatch(name -> name.startsWith("sftoolkit.events"));
    }

    @Test
    void anExchangeUnderWayShowsInMetersConsoleAndJmx() throws Exception {
        CamelContext context = camel();
        var leave = new CountDownLatch(1);
        List<Exchange> seen = followed(context, exchange -> leave.await(60, TimeUnit.SECONDS));
        order("O-1");
        await().atMost(Duration.ofSeconds(30)).until(() -> gauge("active") == 1);
        assertThat(gauge("held")).isEqualTo(1);
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("sftoolkit");
        assertThat(console.call(DevConsole.MediaType.TEXT).toString())
                .contains("route=follow", "channel=" + ORDERS, "state=OPEN", "underWay=1");
        assertThat(console.call(DevConsole.MediaType.JSON).toString()).contains(ORDERS);
        assertThat(attribute(context, "components", "sftoolkit", "SubscribedChannels"))
                .contains(ORDERS, "underWay=1");
        leave.countDown();
        arrive(seen, 1);
    }

    @Test
    void jmxMovesAChannelBack() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = followed(context);
        order("O-1");
        order("O-2");
        arrive(seen, 2);
        String second = seen.get(1).getMessage().getHeader("CamelSfToolkitReplayId", String.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> attribute(context, "endpoints", "Order_Placed__e", "ChannelStates")
                        .contains("replayId=" + second));
        move(context, ORDERS, "EARLIEST");
        arrive(seen, 4);
        assertThat(values(seen, "Order_Number__c")).containsExactly("O-1", "O-2", "O-1", "O-2");
        move(context, ORDERS, seen.get(0).getMessage().getHeader("CamelSfToolkitReplayId", String.class));
        arrive(seen, 5);
        assertThat(values(seen, "Order_Number__c").get(4)).isEqualTo("O-2");
        assertThatThrownBy(() -> move(context, "/event/Other__e", "LATEST"))
                .rootCause()
                .hasMessageContaining("/event/Other__e");
        assertThatThrownBy(() -> move(context, ORDERS, "-2")).rootCause().hasMessageContaining("Base64");
    }

    @Test
    void healthTellsThatTheDeliveriesOfTheDayAreUsedUp() throws Exception {
        CamelContext context = camel();
        List<Exchange> seen = followed(context);
        order("O-1");
        arrive(seen, 1);
        HealthCheck check = (HealthCheck) HealthCheckRegistry.get(context).resolveById("sftoolkit");
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        emulator.events().change(emulator.events().settings().withDeliveries(1));
        order("O-2");
        await().atMost(Duration.ofSeconds(30)).until(() -> check.call().getState() == HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElse(""))
                .contains("route follow", ORDERS, "subscription.limit.exceeded", "rpc id");
    }

    private static String attribute(CamelContext context, String type, String name, String attribute) throws Exception {
        return String.valueOf(server(context).getAttribute(mbean(context, type, name), attribute));
    }

    private static void move(CamelContext context, String channel, String position) throws Exception {
        String text = String.class.getName();
        server(context)
                .invoke(
                        mbean(context, "endpoints", "Order_Placed__e"),
                        "moveChannel",
                        new Object[] {channel, position},
                        new String[] {text, text});
    }

    private static ObjectName mbean(CamelContext context, String type, String name) throws Exception {
        return server(context)
                .queryNames(
                        new ObjectName(
                                "org.apache.camel:context=" + context.getManagementName() + ",type=" + type + ",*"),
                        null)
                .stream()
                .filter(known -> known.getKeyProperty("name").contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static MBeanServer server(CamelContext context) {
        return context.getManagementStrategy().getManagementAgent().getMBeanServer();
    }
}
