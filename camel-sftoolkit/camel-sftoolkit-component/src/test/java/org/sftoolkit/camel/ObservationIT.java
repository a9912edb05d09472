package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.camel.BindToRegistry;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

class ObservationIT extends RouteTestSupport {

    private static final String SECRET = "emulator-secret";

    @BindToRegistry
    final MeterRegistry meters = new SimpleMeterRegistry();

    ObservationIT() {
        testConfigurationBuilder.withEnableJMX();
    }

    @Override
    protected org.apache.camel.CamelContext createCamelContext() throws Exception {
        var context = super.createCamelContext();
        HealthCheckRegistry checks = new DefaultHealthCheckRegistry(context);
        context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, checks);
        return context;
    }

    @Test
    void requestsAreTimedByResourceAndOutcome() {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        send("sftoolkit:fetch:Account", id);
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(meters.get("sftoolkit.requests")
                        .tags("resource", "sobjects/row", "outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sftoolkit.requests")
                        .tags("resource", "sobjects/row", "outcome", "NotFoundException")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sftoolkit.logins")
                        .tag("outcome", "success")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sftoolkit.api.used").gauge().value()).isGreaterThanOrEqualTo(2);
        assertThat(meters.get("sftoolkit.requests.active").gauge().value()).isZero();
    }

    @Test
    void repetitionsAreCounted() {
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        emulator.faults().next(2, FaultPlan.when("*"), Fault.status(503));
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(meters.get("sftoolkit.retries").counter().count()).isEqualTo(2);
    }

    @Test
    void recordsAreCountedByOperationAndResult() {
        send(
                "sftoolkit:save:Account",
                List.of(new HashMap<>(Map.of("Name", "Acme")), new HashMap<>(Map.of("Industry", "Energy"))));
        assertThat(records("succeeded")).isEqualTo(1);
        assertThat(records("failed")).isEqualTo(1);
        send("sftoolkit:save:Account?onPartialFailure=FAIL", List.of(new HashMap<>(), new HashMap<>()));
        assertThat(records("failed")).isEqualTo(3);
    }

    private double records(String result) {
        return meters.get("sftoolkit.records")
                .tags("operation", "save", "result", result)
                .counter()
                .count();
    }

    @Test
    void metersOfAConnectionGoWithIt() throws Exception {
        send("sftoolkit:fetch:Account", "001000000000999AAA");
        assertThat(meters.find("sftoolkit.requests").timers()).isNotEmpty();
        context.stop();
        assertThat(meters.find("sftoolkit.requests").timers()).isEmpty();
        assertThat(meters.find("sftoolkit.requests.active").gauges()).isEmpty();
    }

    @Test
    void readinessFollowsTheLastLogin() {
        HealthCheck check =
                HealthCheckRegistry.get(context).getCheck("sftoolkit").orElseThrow();
        assertThat(check.isLiveness()).isFalse();
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);
        send("sftoolkit:fetch:Account?clientSecret=RAW(wrong)", "001000000000001AAA");
        HealthCheck.Result result = check.call();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow())
                .contains("AuthenticationException")
                .doesNotContain("wrong");
    }

    @Test
    void readinessEndsWithTheBudget() {
        HealthCheck check =
                HealthCheckRegistry.get(context).getCheck("sftoolkit").orElseThrow();
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        emulator.usage().setUsed(900_000);
        send("sftoolkit:fetch:Account?apiBudget=80", id);
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElseThrow()).contains("budget");
    }

    @Test
    void theDevConsoleShowsConnectionsAndNoSecret() {
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("sftoolkit");
        assertThat(console.call(DevConsole.MediaType.TEXT)).isEqualTo("no connections\n");
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        send("sftoolkit:fetch:Account", id);
        assertThat(console.call(DevConsole.MediaType.TEXT).toString())
                .contains("127.0.0.1", "state: logged in", "apiUsage")
                .doesNotContain(SECRET);
        assertThat(console.call(DevConsole.MediaType.JSON).toString())
                .contains("requests=2")
                .doesNotContain(SECRET);
    }

    @Test
    void pollersAreShownWithTheirLagAndMeteredWhileTheyRun() throws Exception {
        emulator.org().insert("Account", Map.of("Name", "Acme"));
        yaml(
                """
                - route:
                    id: poller
                    from:
                      uri: sftoolkit:query:Account
                      parameters: { fields: "Id", delay: 100, initialDelay: 10, settleDelay: 0 }
                      steps:
                        - to: mock:polled
                """);
        getMockEndpoint("mock:polled").expectedMinimumMessageCount(1);
        getMockEndpoint("mock:polled").assertIsSatisfied();
        Awaitility.await().untilAsserted(() -> assertThat(meters.get("sftoolkit.poll.lag")
                        .tag("route", "poller")
                        .gauge()
                        .value())
                .isBetween(0.0, 60.0));
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("sftoolkit");
        assertThat(console.call(DevConsole.MediaType.TEXT).toString()).contains("route=poller", "lagSeconds=");
        assertThat(console.call(DevConsole.MediaType.JSON).toString()).contains("pollers=[{route=poller");
        context.getRouteController().stopRoute("poller");
        assertThat(meters.find("sftoolkit.poll.lag").gauges()).isEmpty();
    }

    @Test
    void jmxShowsConnectionsAndNoSecret() throws Exception {
        String id = emulator.org().insert("Account", Map.of("Name", "Acme"));
        send("sftoolkit:fetch:Account", id);
        var server = context.getManagementStrategy().getManagementAgent().getMBeanServer();
        var component = server.queryNames(new ObjectName("org.apache.camel:type=components,*"), null).stream()
                .filter(name -> name.getKeyProperty("name").contains("sftoolkit"))
                .findFirst()
                .orElseThrow();
        assertThat(server.getAttribute(component, "ConnectionStates").toString())
                .contains("logged in")
                .doesNotContain(SECRET);
    }
}
