package org.sftoolkit.camel.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sftoolkit.emulator.fault.EventFault;
import org.sftoolkit.emulator.fault.FaultPlan;

/** One bad channel is told with its cure, and does not stop the others. */
class BadEventInputIT extends EventRouteSupport {

    private static final String CHANGES = "/data/AccountChangeEvent";

    private static String told(CamelContext context) {
        HealthCheck check = (HealthCheck) HealthCheckRegistry.get(context).resolveById("sftoolkit");
        return check.call().getMessage().orElse("");
    }

    static Stream<Arguments> badChannels() {
        return Stream.of(
                Arguments.of(
                        "an unknown one", "/event/Nope__e", null, null, List.of("topic.not.found", "case-sensitive")),
                Arguments.of(
                        "one without right",
                        CHANGES,
                        EventFault.status("PERMISSION_DENIED", "topic.meta.permission"),
                        null,
                        List.of("topic.meta.permission", "View All Records")),
                Arguments.of(
                        "one whose position is corrupt",
                        CHANGES,
                        null,
                        "sftoolkit-events;1;" + CHANGES + ";00D000000000009AAA;cjE;-;2026-11-28T00:00:00Z;1234",
                        List.of("corrupt", "set it anew")),
                Arguments.of(
                        "one whose position is something else",
                        CHANGES,
                        null,
                        "2026-11-28T00:00:00Z",
                        List.of("corrupt", "set it anew")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChannels")
    void aBadChannelIsToldWithItsCureAndOthersGoOn(
            String name, String channel, EventFault fault, String position, List<String> words) throws Exception {
        CamelContext context = camel();
        var store = new MemoryStateRepository();
        store.start();
        if (position != null) {
            store.setState("positions:" + channel, position);
        }
        context.getRegistry().bind("store", store);
        if (fault != null) {
            emulator.faults().next(FaultPlan.when("Subscribe " + channel), fault);
        }
        List<Exchange> seen = follow(
                context,
                "sftoolkit:subscribe:" + channel
                        + ",Order_Placed__e?replayPreset=EARLIEST&watermarkStore=#store&watermarkKey=positions");
        order("O-1");
        arrive(seen, 1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told(context)).contains(words).contains(channel));
    }

    @Test
    void aPositionThatTheOrgHasForgottenIsToldUntilItIsSet() throws Exception {
        CamelContext context = camel();
        var store = new MemoryStateRepository();
        store.start();
        context.getRegistry().bind("store", store);
        String uri = "sftoolkit:subscribe:Order_Placed__e?replayPreset=EARLIEST&commitInterval=0&watermarkStore=#store";
        order("O-1");
        List<Exchange> seen = follow(context, uri);
        arrive(seen, 1);
        context.getRouteController().suspendRoute("follow");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> emulator.events().subscriptions().isEmpty());
        emulator.events().migrate();
        context.getRouteController().resumeRoute("follow");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told(context)).contains("72 hours", "onGap", ORDERS));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventFault.Alteration.class,
            names = {"UNREADABLE", "UNKNOWN_SCHEMA"})
    void anEventThatNoSchemaReadsGoesToTheExceptionHandlerAndOthersGoOn(EventFault.Alteration kind) throws Exception {
        CamelContext context = camel();
        emulator.faults().next(FaultPlan.when("Subscribe /data/*"), EventFault.alter(kind));
        List<Exchange> seen = follow(
                context, "sftoolkit:subscribe:Account,Order_Placed__e?replayPreset=EARLIEST&bridgeErrorHandler=true");
        context.createProducerTemplate().requestBody("sftoolkit:save:Account", Map.of("Name", "Acme"));
        order("O-1");
        arrive(seen, 1);
        assertThat(seen).anySatisfy(it -> assertThat(it.getMessage().getHeader("CamelSfToolkitChannel"))
                .isEqualTo(ORDERS));
    }
}
